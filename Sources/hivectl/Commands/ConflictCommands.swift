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

    static func describe(_ conflict: Conflict) -> String {
        let values = conflict.siblings.map { sibling in
            "  \(sibling.shown ? "*" : " ") \(sibling.at)  \(sibling.author.agent.map { $0 + " on " } ?? "")\(Table.short(sibling.author.node))\(origin(sibling))\n      \(sibling.value.string ?? sibling.value.text)"
        }
        return "\(conflict.id)\n  \(conflict.kind) conflict in \(conflict.field), shown by policy \(conflict.policy):\n"
            + values.joined(separator: "\n")
    }

    /// Of beliefs, the memory that says so and how far it is believed.
    private static func origin(_ sibling: ConflictSibling) -> String {
        guard let memory = sibling.memory else { return "" }
        return
            ", memory \(Table.short(memory))\(sibling.confidence.map { ", believed \(MemoryCommands.share($0))" } ?? "")"
    }

    /// `conflicts list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "All conflicts.",
            discussion: """
                Exit code 1 while there are any.

                Example:
                  hivectl conflicts list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().conflicts(as: .operator)
            options.print(
                page, page.items.isEmpty ? "no conflicts" : page.items.map(describe).joined(separator: "\n\n"))
            if !page.items.isEmpty { throw ExitCode(1) }
        }
    }

    /// `conflicts show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One conflict with all its values.",
            discussion: """
                The value that is shown at present is marked by *.

                Example:
                  hivectl conflicts show 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .conflicts) var id: String

        func run() async throws {
            let conflict = try await options.client().conflict(id, as: .operator)
            options.print(conflict, describe(conflict))
        }
    }

    /// `conflicts resolve`.
    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Settle a conflict, everywhere.",
            discussion: """
                Either --take says which value stands, or --value gives it.

                Examples:
                  hivectl conflicts resolve 3f2a91 --take newest
                  hivectl conflicts resolve 3f2a91 --value 'nginx 1.24'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .conflicts) var id: String
        @Option(help: "local, remote, newest, highest-confidence, priority, authority, merge, or the id of a belief.")
        var take: String?
        @Option(help: "The value that is to stand.") var value: String?

        func run() async throws {
            let request = ResolveConflict(take: take, value: value.map(JSONValue.string))
            let answer = try await options.client().resolve(id, with: request, as: .operator)
            options.print(answer, "settled \(Table.short(answer.memory.id)): \(Table.excerpt(answer.memory.content))")
        }
    }
}
