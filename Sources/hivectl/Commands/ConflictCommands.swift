import ArgumentParser
import HiveAPI

/// `hivectl conflicts …`.
struct ConflictCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts", abstract: "See and settle divergence.",
        discussion: """
            Values that were written at once on several nodes stay side by side until somebody who saw them settles
            the matter.

            Example:
              hivectl conflicts list
            """,
        subcommands: [List.self, Show.self, Resolve.self])

    /// `conflicts list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "All conflicts.",
            discussion: """
                Exit code 1 while there are any. With --limit, `next` of the answer goes on where it ends.

                Examples:
                  hivectl conflicts list
                  hivectl conflicts list --kind belief --scope collective:main --limit 20
                  hivectl conflicts list --escalated
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "value, belief, episodic or skill.", completion: .list(ConflictQuery.kinds)) var kind: String?
        @Option(help: "The scope of the memory.") var scope: String?
        @Option(help: "The category of the memory.") var category: String?
        @Option(help: "Those that began then or later, as in 2027-01-15T08:00:00Z.") var since: String?
        @Flag(help: "Those that wait for a person.") var escalated = false
        @Option(help: "How many, 1 to 1000.") var limit: Int?
        @Option(help: "`next` of an earlier answer.") var cursor: String?

        func run() async throws {
            var query = ConflictQuery(kind: kind, scope: scope, limit: limit)
            (query.category, query.since, query.cursor) = (category, since, cursor)
            query.escalated = escalated ? true : nil
            let page = try await options.client().conflicts(query, as: .operator)
            options.print(page, Self.text(page))
            if !page.items.isEmpty { throw ExitCode(1) }
        }

        private static func text(_ page: Page<Conflict>) -> String {
            guard !page.items.isEmpty else { return "no conflicts" }
            let texts = page.items.map { ConflictText(conflict: $0).summary }
            return (texts + [page.next.map { "more: --cursor \($0)" }].compactMap { $0 }).joined(separator: "\n\n")
        }
    }

    /// `conflicts show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One conflict, and how its values differ.",
            discussion: """
                Each value is compared with the one before they parted, where that is known, or else with the one that is
                shown at present, which is marked by *.

                Example:
                  hivectl conflicts show 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .conflicts) var id: String

        func run() async throws {
            let conflict = try await options.client().conflict(id, as: .operator)
            options.print(conflict, ConflictText(conflict: conflict).text)
        }
    }
}
