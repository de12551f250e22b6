import HiveAPI
import HiveHooks

/// Codex: servers in `config.toml`, hooks in `hooks.json`, commands as skills.
struct CodexAdapter: ClientAdapter {
    let client = HookClient.codex

    func pieces(_ site: InstallationSite, commands: [AgentCommand]) throws -> [any OnboardingPiece] {
        guard site.level != .managed else {
            throw HiveError(
                .notSupported, "Codex takes managed hooks from requirements.toml, which an administrator writes",
                hint: "put the command `\(site.hook(client))` there for every event")
        }
        let isUser = site.level == .user
        let table = """
            [mcp_servers.hive]
            command = \(Self.quoted(site.program))
            args = [\(site.bridge.map(Self.quoted).joined(separator: ", "))]
            """
        let own = commands.map { command -> any OnboardingPiece in
            CommandPiece(
                path: site.path(".agents/skills/\(command.name)/SKILL.md"), text: CommandText.skill(command),
                comments: .markdown)
        }
        let server: any OnboardingPiece = BlockPiece(
            path: site.path(".codex/config.toml"), part: .mcp, block: MarkedBlock(comments: .hash, text: table),
            table: "mcp_servers.hive")
        let rest: [any OnboardingPiece] = [
            BlockPiece(
                path: site.path(isUser ? ".codex/AGENTS.md" : "AGENTS.md"), part: .instructions,
                block: MarkedBlock(comments: .markdown, text: InstructionText.text)),
            HookPiece(path: site.path(".codex/hooks.json"), client: client.rawValue, groups: groups(site)),
        ]
        return [server] + own + rest
    }

    private func groups(_ site: InstallationSite) -> [HookPiece.Group] {
        let handler = JSONTree.members([
            ("type", .text("command")), ("command", .text(site.hook(client))), ("timeout", .number(10)),
        ])
        return ["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "PreCompact"].map {
            HookPiece.Group(event: $0, matcher: nil, handler: handler)
        }
    }

    func enforcement(_ version: ClientVersion?) -> (level: String, warnings: [String]) {
        (
            "cooperative",
            [
                "Codex runs hooks once they were trusted: open /hooks in it",
                "Codex goes on where a hook cannot be run, and asks nobody: what needs approval is refused",
            ]
        )
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
