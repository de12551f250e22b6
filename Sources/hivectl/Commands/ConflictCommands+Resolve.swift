import ArgumentParser
import HiveAPI

extension ConflictCommands {
    /// `conflicts resolve`.
    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Settle a conflict, or all that a condition is true of, everywhere.",
            discussion: """
                Either --take says which value stands, or --value gives it. With --where, a condition in CEL chooses the
                conflicts: of conflict.kind, .field, .scope, .category, .tags, .policy, .escalated, .ageSeconds, and of
                siblings, each with author, agent, confidence, value, shown and ageSeconds. Exit code 1 where one of them could
                not be settled.

                Examples:
                  hivectl conflicts resolve 3f2a91 --take newest
                  hivectl conflicts resolve 3f2a91 --value 'nginx 1.24'
                  hivectl conflicts resolve --where 'conflict.kind == "value"' --take newest --dry-run
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .conflicts) var id: String?
        @Option(
            help: """
                local, remote, newest, highest-confidence, priority, authority, merge, custom, the dot of a value, or the id
                of a belief.
                """)
        var take: String?
        @Option(help: "The value that is to stand.") var value: String?
        @Option(name: .customLong("where"), help: "A condition: all conflicts that it is true of.")
        var condition: String?
        @Flag(help: "With --where, only say what would be done.") var dryRun = false
        @Option(help: "With --where, how many at most; those that began first come first.") var limit: Int?

        func validate() throws {
            guard (id == nil) != (condition == nil) else {
                throw ValidationError("Name one conflict, or say --where which ones.")
            }
            guard condition == nil || (take != nil && value == nil) else {
                throw ValidationError("--where needs --take, and takes no --value.")
            }
            guard condition != nil || (!dryRun && limit == nil) else {
                throw ValidationError("--dry-run and --limit go with --where.")
            }
        }

        func run() async throws {
            let client = try options.client()
            if let condition, let take { return try await resolveAll(condition, take, client) }
            let request = ResolveConflict(take: take, value: value.map(JSONValue.string))
            let answer = try await client.resolve(id ?? "", with: request, as: .operator)
            options.print(answer, "settled \(Table.short(answer.memory.id)): \(Table.excerpt(answer.memory.content))")
        }

        private func resolveAll(_ condition: String, _ take: String, _ client: HiveClient) async throws {
            var request = ResolveConflicts(where: condition, take: take, dryRun: dryRun)
            if let limit { request.limit = limit }
            let answer = try await client.resolve(request, as: .operator)
            options.print(answer, Self.text(answer))
            if answer.failed > 0 { throw ExitCode(1) }
        }

        private static func text(_ answer: ConflictOutcomes) -> String {
            let rows = answer.items.map { item in
                [
                    item.id, item.outcome.split(separator: "_").joined(separator: " "),
                    item.problem ?? Table.excerpt(item.value.string ?? item.value.text, 48),
                ]
            }
            let done = answer.dryRun ? answer.items.count - answer.failed : answer.settled
            let left = answer.matched - done
            let counts = "\(answer.dryRun ? "would settle" : "settled") \(done) of \(answer.matched)"
            guard !rows.isEmpty else { return "no conflict fits" }
            return Table.text(["CONFLICT", "OUTCOME", "VALUE"], rows) + "\n\n" + counts
                + (left > 0 ? ", \(left) left" : "")
        }
    }
}
