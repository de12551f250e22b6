import ArgumentParser
import HiveAPI

/// The commands about what rules said before.
extension RuleCommands {
    /// `rules history`.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "The versions of a rule, newest first.",
            discussion: """
                Example:
                  hivectl rules history no-force-push-main
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let versions = try await options.client().rule(name, as: .operator).history
            options.print(
                Page(items: versions),
                Table.text(
                    ["VERSION", "DIGEST", "TIME", "BY", ""],
                    versions.map {
                        [
                            String($0.version), String(($0.digest ?? "-").prefix(12)), $0.time,
                            "\($0.author.agent.map { $0 + " on " } ?? "")\(Table.short($0.author.node))",
                            $0.active ? "present" : "",
                        ]
                    }))
        }
    }

    /// `rules rollback`.
    struct Rollback: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rollback",
            abstract: "Push an earlier version of a rule again, with the rest of its set as it is.",
            discussion: """
                Nothing is lost: it becomes the newest version. Exit code 1 where it is stored but not in force.

                Example:
                  hivectl rules rollback no-force-push-main --to 6
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var name: String
        @Option(help: "A version's number or the beginning of its digest; default: the one before the present.")
        var to: String?

        func run() async throws {
            let answer = try await options.client().rollback(name, RollbackRule(to: to), as: .operator)
            options.print(
                answer,
                "\(name) is as before; \(answer.set) version \(answer.version) is \(answer.active ? "in force" : "stored, but not in force: \(answer.problems.map(\.message).joined(separator: "; "))")"
            )
            if !answer.active { throw ExitCode(1) }
        }
    }
}
