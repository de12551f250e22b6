import ArgumentParser
import HiveAPI

/// `hivectl tasks …`.
struct TaskCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "Work that agents hand to each other.",
        discussion: """
            A task is decided about by its home, the node that it was delegated at: the home grants it to one agent at a
            time, under a number that only grows.

            Examples:
              hivectl tasks delegate 'Renew the certificate of web-3' --capability tls --priority high
              hivectl tasks list --claimable-by ava
              hivectl tasks claim 3f2a --agent ava
              hivectl tasks complete 3f2a --agent ava --fence 1795248000123 --result 'renewed until May'
            """,
        subcommands: [
            Delegate.self, List.self, Show.self, Claim.self, Progress.self, Complete.self, Fail.self, Cancel.self,
            Adopt.self,
        ])

    static func describe(_ task: TaskRecord) -> String {
        var lines = [
            task.title, "id        \(task.id) in \(task.scope)",
            "status    \(task.status), \(task.priority)\(task.percent.map { ", \($0) %" } ?? "")",
        ]
        if let claim = task.claim {
            lines.append(
                "holder    \(claim.agent) at \(Table.short(claim.node)), number \(claim.fence.map(String.init) ?? "-")")
            if !["completed"].contains(task.status), let until = claim.leaseUntil {
                lines.append("lease     until \(until)")
            }
        } else if let assignee = task.assignee {
            lines.append("for       \(assignee)")
        }
        if !task.capabilities.isEmpty { lines.append("needs     \(task.capabilities.joined(separator: ", "))") }
        if let deadline = task.deadline { lines.append("deadline  \(deadline)") }
        lines.append(
            "from      \(task.author.agent ?? "an operator") at \(Table.short(task.author.node)), \(task.createdAt)")
        if task.home != task.author.node { lines.append("home      \(Table.short(task.home))") }
        if task.failures > 0 { lines.append("attempts  \(task.failures) of \(task.attempts) came to nothing") }
        for blocker in task.blockedBy {
            lines.append(
                "waits for \(Table.short(blocker.id))  \(blocker.title ?? "") (\(blocker.status ?? "not here"))")
        }
        if let parent = task.parent { lines.append("part of   \(Table.short(parent))") }
        if !task.subtasks.isEmpty {
            lines.append("parts     \(task.subtasks.map(Table.short).joined(separator: ", "))")
        }
        if let reason = task.reason { lines.append("reason    \(reason)") }
        if let text = task.description { lines += ["", text] }
        if let result = task.result { lines += ["", "result: \(result)"] }
        if !task.history.isEmpty { lines += [""] + task.history.map(describe) }
        return lines.joined(separator: "\n")
    }

    private static func describe(_ event: TaskEvent) -> String {
        let who = event.agent.map { "\($0)\(event.node.map { "@\(Table.short($0))" } ?? "")" }
        let standing = event.standing == "counts" ? nil : "[\(event.standing)\(event.why.map { ": \($0)" } ?? "")]"
        let number = event.fence.map { "number \($0)" } ?? event.percent.map { "\($0) %" }
        return [event.at, event.act, who ?? event.node.map(Table.short), number, event.text, standing]
            .compactMap(\.self).joined(separator: "  ").replacing("\n", with: "\n    ")
    }

    /// What holders say of their claim.
    struct Holder: ParsableArguments {
        @Option(help: "The agent that holds it.") var agent: String?
        @Option(help: "The number that the claim was granted under.") var fence: Int?
        @Option(help: "The id of the claim, where it has no number yet.") var claim: String?
    }

    /// Seconds of an option such as `--wait 30s`.
    static func seconds(_ text: String) throws -> Int {
        guard let seconds = Durations.seconds(text) else {
            throw Failure.badInput("`\(text)` is no duration", hint: "write it like 90s, 5m, 24h or 7d")
        }
        return seconds
    }
}

/// What delegators do.
extension TaskCommands {
    /// `tasks delegate`.
    struct Delegate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delegate",
            abstract: "Hand a task to a named or the most suitable agent.",
            discussion: """
                Examples:
                  hivectl tasks delegate 'Look at the logs of web-3' --to ava --deadline 2026-12-01
                  hivectl tasks delegate 'Renew the certificate of web-3' --capability tls --priority high
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "One line.") var title: String
        @Option(help: "What is to be done; - reads standard input.") var description: String?
        @Option(help: "The agent that it is for.") var to: String?
        @Flag(help: "Leave it to whoever claims it first.") var anyone = false
        @Option(name: .customLong("capability"), help: "What its agent must be able to do, as often as needed.")
        var capabilities: [String] = []
        @Option(help: "critical, high, normal, low, or 1 to 1000.") var priority = "normal"
        @Option(help: "When the result is of no use any more.") var deadline: String?
        @Option(name: .customLong("after"), help: "The id of a task that must be completed before, as often as needed.")
        var dependsOn: [String] = []
        @Option(help: "The id of the task that it is a part of.") var parent: String?
        @Option(help: "How often it may be begun.") var attempts: Int?
        @Option(help: "For how long nothing may be heard of its holder, as in 10m.") var lease: String?
        @Option var scope: String?
        @Option(help: "Who delegates it.") var agent: String?
        @Option(help: "Repeating a command with the same key delegates nothing again.") var key: String?

        func run() async throws {
            var request = DelegateTask(title: title)
            request.description = description == "-" ? try Console.readInput() : description
            request.capabilities = capabilities
            request.to = to
            request.choice = anyone ? "anyone" : nil
            request.priority = priority
            request.deadline = deadline
            (request.dependsOn, request.parent) = (dependsOn, parent)
            request.attempts = attempts
            request.leaseSeconds = try lease.map(TaskCommands.seconds)
            (request.scope, request.agent, request.idempotencyKey) = (scope, agent, key)
            let task = try await options.client().delegate(request, as: .operator)
            let next = task.assignee.map { "offered to \($0)" } ?? task.status
            let why = task.reason.map { ": \($0)" } ?? ""
            options.print(task, "delegated \(task.id), \(next)\(why)")
        }
    }

    /// `tasks list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Tasks, those to be done first and the most important before the others.",
            discussion: """
                Examples:
                  hivectl tasks list --status active
                  hivectl tasks list certificate --claimable-by ava
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Words that it has.") var query: String?
        @Option(help: "active, open, assigned, claimed, in_progress, completed, failed, cancelled or expired.")
        var status: String?
        @Option(help: "Who holds it, or whom it is offered to.") var agent: String?
        @Option(help: "Who delegated it.") var creator: String?
        @Option var capability: String?
        @Option(help: "The id of the task that they are parts of.") var parent: String?
        @Option(help: "Only what this agent may claim now.") var claimableBy: String?
        @Flag(help: "Also what was closed long ago.") var archived = false
        @Option var scope: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let wanted = TaskQuery(
                status: status, agent: agent, creator: creator, capability: capability, q: query, parent: parent,
                claimableBy: claimableBy, archived: archived, scope: scope, limit: limit, cursor: cursor)
            let page = try await options.client().tasks(wanted, as: .operator)
            let rows = page.items.map { task in
                [
                    Table.short(task.id), task.priority,
                    task.status + (task.blockedBy.isEmpty ? "" : " (waits for \(task.blockedBy.count))"),
                    task.assignee ?? "-", task.createdAt, Table.excerpt(task.title, 60),
                ]
            }
            options.print(page, Table.text(["ID", "PRIORITY", "STATUS", "AGENT", "CREATED", "TITLE"], rows))
        }
    }

    /// `tasks show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One task with its history.",
            discussion: """
                Example:
                  hivectl tasks show 3f2a
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String

        func run() async throws {
            let task = try await options.client().task(id, as: .operator)
            options.print(task, TaskCommands.describe(task))
        }
    }

    /// `tasks cancel`.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel",
            abstract: "Take a task back.",
            discussion: """
                Its home decides; where it is out of reach, the task is cancelled once it answers.

                Example:
                  hivectl tasks cancel 3f2a --reason 'done by hand'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String
        @Option var reason: String?
        @Option(help: "Who delegated it.") var agent: String?

        func run() async throws {
            let request = CancelTask(agent: agent, reason: reason)
            let task = try await options.client().cancelTask(id, with: request, as: .operator)
            let text = task.status == "cancelled" ? "cancelled" : "its home has not answered yet; it is \(task.status)"
            options.print(task, text)
        }
    }

    /// `tasks adopt`.
    struct Adopt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "adopt",
            abstract: "Make this node the home of a task whose home will not come back.",
            discussion: """
                What the former home ruled and this node has not seen counts for nothing.

                Example:
                  hivectl tasks adopt 3f2a
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var id: String

        func run() async throws {
            let task = try await options.client().adoptTask(id, as: .operator)
            options.print(task, "this node decides about \(Table.short(task.id)) now; it is \(task.status)")
        }
    }
}
