import ArgumentParser
import HiveAPI

/// `hivectl scopes …`.
struct ScopeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scopes", abstract: "Who holds, reads, writes and stewards what.",
        discussion: """
            A scope is instance, agent:NAME, collective:NAME or universal. Where two have one name, name them by the \
            beginning of their ids. A node is named by its name or the beginning of its id.

            Examples:
              hivectl scopes list
              hivectl scopes create collective:platform
              hivectl scopes grant collective:platform cellar --role reader
            """,
        subcommands: [List.self, Show.self, Create.self, Grant.self, Revoke.self])

    /// `scopes list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The scopes that this node holds.",
            discussion: """
                ROLE is what this node may do there.

                Example:
                  hivectl scopes list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().scopes(as: .operator)
            options.print(
                page,
                Table.text(
                    ["SCOPE", "ID", "ROLE", "MEMORIES", "MEMBERS"],
                    page.items.map { scope in
                        [
                            scope.name, Table.short(scope.id), scope.role ?? "-",
                            scope.memories.map(String.init) ?? "-",
                            scope.members.map { "\($0.name ?? Table.short($0.node)) (\($0.role))" }.joined(
                                separator: ", "),
                        ]
                    }))
        }
    }

    /// `scopes show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One scope with its members.",
            discussion: """
                Example:
                  hivectl scopes show collective:platform
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its name, or the beginning of its id.") var scope: String

        func run() async throws {
            let shown = try await options.client().scope(scope, as: .operator)
            options.print(shown, ScopeCommands.describe(shown))
        }
    }

    /// `scopes create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Found a scope; this node alone holds it until it grants it to others.",
            discussion: """
                Example:
                  hivectl scopes create collective:platform
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "collective:NAME or agent:NAME.") var name: String

        func run() async throws {
            let scope = try await options.client().createScope(CreateScope(name: name), as: .operator)
            options.print(scope, "founded \(scope.name) (\(Table.short(scope.id)))")
        }
    }

    /// `scopes grant`.
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant",
            abstract: "Let a node hold a scope, or change what it may do there.",
            discussion: """
                A reader holds and reads; a writer writes too; an appender writes to inboxes and reads nothing; a steward
                also decides about rules, and who may do what.

                Example:
                  hivectl scopes grant collective:platform cellar --role reader
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The scope.") var scope: String
        @Argument(help: "The node.") var node: String
        @Option(help: "reader, writer, appender or steward.") var role = "writer"

        func run() async throws {
            guard let role = GrantScope.Role(rawValue: role) else {
                throw Failure.badInput("`\(role)` is no role", hint: "use reader, writer, appender or steward")
            }
            let changed = try await options.client().grant(
                scope, to: node, GrantScope(role: role), as: .operator)
            options.print(changed, ScopeCommands.describe(changed))
        }
    }

    /// `scopes revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take a node's part in a scope away.",
            discussion: """
                It keeps what it has and gets nothing new; what it writes there from now on counts nowhere else.

                Example:
                  hivectl scopes revoke collective:platform cellar
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The scope.") var scope: String
        @Argument(help: "The node.") var node: String

        func run() async throws {
            let changed = try await options.client().revoke(scope, from: node, as: .operator)
            options.print(changed, ScopeCommands.describe(changed))
        }
    }

    fileprivate static func describe(_ scope: ScopeSummary) -> String {
        """
        \(scope.name)
        id       \(scope.id)
        founder  \(scope.founder)
        here     \(scope.role ?? "-")\(scope.memories.map { ", \($0) memories" } ?? "")

        \(Table.text(["NODE", "NAME", "ROLE"], scope.members.map { [Table.short($0.node), $0.name ?? "-", $0.role] }))
        """
    }
}
