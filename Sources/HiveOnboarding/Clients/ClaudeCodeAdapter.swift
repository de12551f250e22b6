import HiveAPI
import HiveHooks

/// Claude Code: servers in `.mcp.json` or `~/.claude.json`, commands and hooks below `.claude`.
struct ClaudeCodeAdapter: ClientAdapter {
    let client = HookClient.claudeCode

    /// From here on an answer that cannot be read blocks.
    private static let refuses = ClientVersion(2, 1, 214)
    /// From here on a hook that cannot be run blocks, by `onFailure`.
    private static let failsClosed = ClientVersion(2, 1, 295)

    func pieces(_ site: InstallationSite, commands: [AgentCommand]) throws -> [any OnboardingPiece] {
        if site.level == .managed {
            return [
                HookPiece(
                    path: site.path("etc/claude-code/managed-settings.d/50-hive.json"), client: client.rawValue,
                    groups: groups(site))
            ]
        }
        let isUser = site.level == .user
        let entry = JSONTree.members([
            ("type", .text("stdio")), ("command", .text(site.program)),
            ("args", .list(site.bridge.map(JSONTree.text))),
        ])
        let own = commands.map { command -> any OnboardingPiece in
            CommandPiece(
                path: site.path(".claude/commands/\(command.name).md"), text: CommandText.markdown(command),
                comments: .markdown)
        }
        let server: any OnboardingPiece = ServerPiece(
            path: site.path(isUser ? ".claude.json" : ".mcp.json"), entry: entry)
        let rest: [any OnboardingPiece] = [
            BlockPiece(
                path: site.path(isUser ? ".claude/CLAUDE.md" : "CLAUDE.md"), part: .instructions,
                block: MarkedBlock(comments: .markdown, text: InstructionText.text)),
            HookPiece(path: site.path(".claude/settings.json"), client: client.rawValue, groups: groups(site)),
        ]
        return [server] + own + rest
    }

    private func groups(_ site: InstallationSite) -> [HookPiece.Group] {
        let command = site.hook(client)
        let events: [(String, String?)] = [
            ("SessionStart", nil), ("UserPromptSubmit", nil), ("PreToolUse", "*"), ("PostToolUse", "*"), ("Stop", nil),
            ("PreCompact", nil), ("SessionEnd", nil),
        ]
        return events.map { event, matcher in
            var members: [(name: String, value: JSONTree)] = [
                ("type", .text("command")), ("command", .text(command)), ("timeout", .number(10)),
            ]
            if event == "PreToolUse" { members.append(("onFailure", .text("block"))) }
            return HookPiece.Group(event: event, matcher: matcher, handler: .members(members))
        }
    }

    func enforcement(_ version: ClientVersion?) -> (level: String, warnings: [String]) {
        guard let version else { return ("unknown", ["the version of claude could not be asked"]) }
        if version < Self.refuses {
            return (
                "none",
                [
                    "claude \(version) goes on where it cannot read a refusal; the rules are enforced from \(Self.refuses) on"
                ]
            )
        }
        if version < Self.failsClosed {
            return (
                "cooperative",
                ["claude \(version) goes on where a hook cannot be run; it blocks from \(Self.failsClosed) on"]
            )
        }
        return ("enforced", [])
    }
}
