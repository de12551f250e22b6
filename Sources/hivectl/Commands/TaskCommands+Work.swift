import ArgumentParser
import HiveAPI

/// What holders do.
extension TaskCommands {
    /// `tasks claim`.
    struct Claim: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "claim",
            abstract: "Ask a task's home for it. Exits with 0 once it is granted, with 1 where it is refused or waits.",
            discussion: """
                Where the home is out of reach the claim waits: ask again. With --optimistic begin at once; the task may
                then run twice, and one result at most is accepted.

                Examples:
                  hivectl tasks claim 3f2a --agent ava
                  hivectl tasks claim 3f2a --agent ava --wait 2m
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String
        @Option(help: "Who wants it.") var agent: String?
        @Flag(help: "Begin though the home has not answered.") var optimistic = false
        @Option(help: "How long to wait for the home, as in 30s.") var wait: String?

        func run() async throws {
            let rest = try wait.map(TaskCommands.seconds) ?? 10
            let client = try options.client()
            var left = rest
            var answer: ClaimAnswer
            repeat {
                let request = ClaimTask(agent: agent, optimistic: optimistic, waitSeconds: min(left, 50))
                answer = try await client.claimTask(id, with: request, as: .operator)
                left -= 50
            } while answer.claim.state == "waiting" && left > 0
            let claim = answer.claim
            switch claim.state {
            case "granted":
                let until = claim.leaseUntil.map { " until \($0)" } ?? ""
                options.print(answer, "granted to \(claim.agent) under the number \(claim.fence ?? 0)\(until)")
            case "optimistic":
                options.print(
                    answer, "begun as claim \(claim.id); the home has not answered, and may refuse the result")
            default:
                options.print(answer, "the home has not answered; ask again")
                Console.exit(1)
            }
        }
    }

    /// `tasks progress`.
    struct Progress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "progress",
            abstract: "Say how far a task is. Renews the lease; a note is kept with the task.",
            discussion: """
                Example:
                  hivectl tasks progress 3f2a --agent ava --percent 40 --note 'the new certificate is there'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String
        @OptionGroup var holder: Holder
        @Option(help: "0 to 100.") var percent: Int?
        @Option var note: String?

        func run() async throws {
            let request = ReportProgress(
                agent: holder.agent, claim: holder.claim, fence: holder.fence, percent: percent, note: note)
            let task = try await options.client().reportProgress(id, with: request, as: .operator)
            let until = task.claim?.leaseUntil.map { ", held until \($0)" } ?? ""
            options.print(task, "\(task.status)\(task.percent.map { ", \($0) %" } ?? "")\(until)")
        }
    }

    /// `tasks complete`.
    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "complete",
            abstract: "Hand in the result of a task.",
            discussion: """
                The home accepts one result, of the agent that holds the task.

                Example:
                  hivectl tasks complete 3f2a --agent ava --fence 1795248000123 --result 'renewed until May'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String
        @OptionGroup var holder: Holder
        @Option(help: "The result; - reads standard input.") var result: String?
        @Option(help: "How long to wait for the home, at most 50s.") var wait: String?

        func run() async throws {
            let request = CompleteTask(
                agent: holder.agent, claim: holder.claim, fence: holder.fence,
                result: result == "-" ? try Console.readInput() : result,
                waitSeconds: try wait.map(TaskCommands.seconds) ?? 10)
            let task = try await options.client().completeTask(id, with: request, as: .operator)
            options.print(task, task.status == "completed" ? "completed" : "handed in; the home has not answered yet")
        }
    }

    /// `tasks fail`.
    struct Fail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fail",
            abstract: "Give back a task that could not be done.",
            discussion: """
                Others may try again while attempts are left, unless --final is given.

                Example:
                  hivectl tasks fail 3f2a 'no access to web-3' --agent ava --final
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String
        @Argument(help: "Why.") var reason: String
        @OptionGroup var holder: Holder
        @Flag(help: "Nobody else need try.") var final = false
        @Option(help: "How long to wait for the home, at most 50s.") var wait: String?

        func run() async throws {
            let request = FailTask(
                agent: holder.agent, claim: holder.claim, fence: holder.fence, reason: reason, retry: !final,
                waitSeconds: try wait.map(TaskCommands.seconds) ?? 10)
            let task = try await options.client().failTask(id, with: request, as: .operator)
            options.print(task, "the task is \(task.status), \(task.failures) of \(task.attempts) attempts are used")
        }
    }
}
