import ArgumentParser
import HiveAPI

/// `hivectl audit …`.
struct AuditCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "What was done and refused at this node's door.",
        discussion: """
            Examples:
              hivectl audit list --outcome refused --since 24h
              hivectl audit verify
            """,
        subcommands: [List.self, Verify.self])

    /// `audit list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Privileged acts and refusals, the newest first.",
            discussion: """
                Examples:
                  hivectl audit list --outcome refused --since 24h
                  hivectl audit list --action createToken
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "How many.") var limit = 50
        @Option(help: "`next` of an earlier answer.") var cursor: String?
        @Option(help: "Only this: the name of an operation, authenticate, enter, use, node.start.") var action: String?
        @Option(help: "done, failed or refused.") var outcome: String?
        @Option(help: "The id of a token, or the beginning of it.") var credential: String?
        @Option(help: "Not before this time, or this long ago.") var since: String?

        func run() async throws {
            let query = AccessQuery(
                limit: limit, cursor: cursor, action: action, outcome: outcome, credential: credential,
                since: since.map(Moments.ago))
            try query.checkLimits()
            let page = try await options.client().accessEntries(query, as: .operator)
            options.print(
                page,
                Table.text(
                    ["NUMBER", "TIME", "OUTCOME", "ACTION", "BY", "FROM", "ABOUT"],
                    page.items.map { entry in
                        let missing = entry.unwritten.map { " (\($0) refusals before it were not written down)" } ?? ""
                        return [
                            String(entry.number), entry.time, entry.outcome, entry.action,
                            [entry.name ?? entry.credential, entry.agent].compactMap(\.self).joined(separator: " as "),
                            entry.address ?? "", Table.excerpt(entry.subject ?? entry.code, 60) + missing,
                        ]
                    }))
        }
    }

    /// `audit verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Whether the journal is as it was written.",
            discussion: """
                Each entry holds the hash of the one before. Exit code 1 where something does not fit.

                Example:
                  hivectl audit verify
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let found = try await options.client().verifyAccess(as: .operator)
            let range = found.first.flatMap { first in found.last.map { ", \(first) to \($0)" } } ?? ""
            options.print(
                found,
                """
                \(found.ok ? "all is well" : "problems were found"): \(found.entries) entries\(range)
                the newest has the hash \(found.hash ?? "-")\(found.problems.map { "\n- " + $0 }.joined())
                """)
            if !found.ok { throw ExitCode(1) }
        }
    }
}
