import ArgumentParser
import HiveAPI

/// `hivectl memory link`, `memory unlink` and `memory neighbours`.
enum LinkCommands {
    /// The ends of a link.
    struct Ends: ParsableArguments {
        @Argument(help: "The memory that the link leaves.", completion: .memories) var from: String
        @Argument(help: "What it is to the other: part_of, caused_by, supersedes, see-also, …") var relation: String
        @Argument(help: "The other memory.", completion: .memories) var to: String
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        var request: LinkMemory { LinkMemory(relation: relation, target: to, agent: agent, version: base) }
    }

    /// `memory link`.
    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "link",
            abstract: "Link a memory to another one.",
            discussion: """
                Links of some relations must not run in a circle; one that would close it is refused with the way
                round.

                Example:
                  hivectl memory link 3f2a91 caused_by 90b1c7
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var ends: Ends

        func run() async throws {
            let answer = try await options.client().link(ends.from, with: ends.request, as: .operator)
            options.print(answer, "linked \(Table.short(answer.memory.id)) \(ends.relation) \(ends.to)")
        }
    }

    /// `memory unlink`.
    struct Unlink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unlink",
            abstract: "Take a link away.",
            discussion: """
                Example:
                  hivectl memory unlink 3f2a91 caused_by 90b1c7
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var ends: Ends

        func run() async throws {
            let answer = try await options.client().unlink(ends.from, with: ends.request, as: .operator)
            options.print(answer, "unlinked \(Table.short(answer.memory.id)) \(ends.relation) \(ends.to)")
        }
    }

    /// `memory neighbours`.
    struct Neighbours: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "neighbours",
            abstract: "Show what a memory is linked with, in both directions, the nearest first.",
            discussion: """
                Each memory is told once.

                Example:
                  hivectl memory neighbours 3f2a91 --depth 2
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "How many links away, 1 to 8.") var depth = 1
        @Option(help: "Only links of this relation.") var relation: String?
        @Option(help: "both, out or in.") var direction = "both"
        @Option(help: "How many memories at most, 1 to 500.") var limit = 100

        func run() async throws {
            guard let way = NeighbourQuery.Direction(rawValue: direction) else {
                throw Failure.badInput("`\(direction)` is no direction", hint: "use both, out or in")
            }
            let query = NeighbourQuery(depth: depth, relation: relation, direction: way, limit: limit)
            let answer = try await options.client().neighbours(id, query, as: .operator)
            options.print(answer, Self.describe(answer))
        }

        private static func describe(_ answer: Neighbourhood) -> String {
            guard !answer.items.isEmpty else { return "none" }
            let memories = answer.items.map { item in
                [
                    String(item.distance), Table.short(item.id), item.kind ?? "-", item.status.rawValue,
                    Table.excerpt(item.excerpt),
                ]
            }
            let links = answer.links.map { [Table.short($0.from), $0.relation, Table.short($0.to)] }
            return Table.text(["AWAY", "ID", "KIND", "STATUS", "CONTENT"], memories) + "\n\n"
                + Table.text(["FROM", "RELATION", "TO"], links) + (answer.truncated ? "\n\nthere is more" : "")
        }
    }
}
