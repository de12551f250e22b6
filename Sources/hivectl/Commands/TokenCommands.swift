import ArgumentParser
import HiveAPI

/// `hivectl token …`.
struct TokenCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Credentials besides the two local files.",
        discussion: """
            Examples:
              hivectl token create ci --agent ci-bot --expires 30d
              hivectl token list
              hivectl token revoke ci
            """,
        subcommands: [Create.self, List.self, Revoke.self])

    /// `token create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Make a token and show it, this once.",
            discussion: """
                An agent's token reads and writes memories, its own tasks and messages, and asks for decisions; an
                operator's does everything. An agent's can be bound to one agent, and to scopes.

                Example:
                  hivectl token create ci --agent ci-bot --scope collective:builds --read collective:main --expires 30d
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "What you will call it.") var name: String
        @Option(help: "agent or operator.") var role = "agent"
        @Option(help: "The one agent that its holder acts as.") var agent: String?
        @Option(help: "A scope that it may read and write; again for each. Without any it may all.") var scope:
            [String] = []
        @Option(help: "A scope that it may read; again for each.") var read: [String] = []
        @Option(help: "How long it counts: 90s, 5m, 24h, 30d. Without it, until it is revoked.") var expires: String?

        func run() async throws {
            let seconds = try expires.map { text in
                guard let seconds = Durations.seconds(text), seconds > 0 else {
                    throw Failure.badInput("`\(text)` is no duration", hint: "write it like 24h or 30d")
                }
                return seconds
            }
            let request = CreateToken(
                name: name, role: role, agent: agent, scopes: scope.isEmpty && read.isEmpty ? nil : scope,
                readScopes: read, expiresIn: seconds)
            try request.checkLimits()
            let issued = try await options.client().createToken(request, as: .operator)
            options.print(issued, issued.token)
            guard !options.json else { return }
            Console.write(
                "keep it now: it is not shown again. Revoke it with `hivectl token revoke \(name)`", toError: true)
        }
    }

    /// `token list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The tokens that were given out, newest first.",
            discussion: """
                The tokens themselves are never shown again.

                Example:
                  hivectl token list --all
                """)
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Also those that count no longer.") var all = false

        func run() async throws {
            var page = try await options.client().tokens(as: .operator)
            if !all { page.items.removeAll { !$0.active } }
            options.print(
                page,
                Table.text(
                    ["ID", "NAME", "ROLE", "AGENT", "SCOPES", "ENDS", "LAST USED"],
                    page.items.map { token in
                        [
                            Table.short(token.id), token.name, token.role, token.agent ?? "any", Self.scopes(token),
                            token.revokedAt.map { "revoked \($0)" } ?? token.expiresAt ?? "never",
                            token.lastUsedAt ?? "never",
                        ]
                    }))
        }

        private static func scopes(_ token: AccessToken) -> String {
            guard token.scopes != nil || !token.readScopes.isEmpty else { return "all" }
            return ((token.scopes ?? []) + token.readScopes.map { "\($0) (read)" }).joined(separator: ", ")
        }
    }

    /// `token revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Nothing is done for whoever shows it from now on; open streams of events end.",
            discussion: """
                Example:
                  hivectl token revoke ci
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its name, its id or the beginning of it.") var id: String

        func run() async throws {
            let token = try await options.client().revokeToken(id, as: .operator)
            options.print(token, "revoked \(token.name)")
        }
    }
}
