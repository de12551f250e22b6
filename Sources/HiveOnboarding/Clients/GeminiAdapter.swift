import HiveAPI
import HiveHooks

/// Gemini CLI: servers and hooks in `settings.json`, commands as TOML.
struct GeminiAdapter: ClientAdapter {
    let client = HookClient.gemini

    func pieces(_ site: InstallationSite, commands: [AgentCommand]) throws -> [any OnboardingPiece] {
        if site.level == .managed {
            let path = site.path("etc/gemini-cli/settings.json")
            return [HookPiece(path: path, client: client.rawValue, groups: groups(site))]
        }
        let settings = site.path(".gemini/settings.json")
        let entry = JSONTree.members([
            ("command", .text(site.program)), ("args", .list(site.bridge.map(JSONTree.text))),
        ])
        let own = commands.map { command -> any OnboardingPiece in
            CommandPiece(
                path: site.path(".gemini/commands/\(command.name).toml"), text: CommandText.toml(command),
                comments: .hash)
        }
        let server: any OnboardingPiece = ServerPiece(path: settings, entry: entry)
        let rest: [any OnboardingPiece] = [
            BlockPiece(
                path: site.path(site.level == .user ? ".gemini/GEMINI.md" : "GEMINI.md"), part: .instructions,
                block: MarkedBlock(comments: .markdown, text: InstructionText.text)),
            HookPiece(path: settings, client: client.rawValue, groups: groups(site)),
        ]
        return [server] + own + rest
    }

    private func groups(_ site: InstallationSite) -> [HookPiece.Group] {
        let handler = JSONTree.members([
            ("type", .text("command")), ("name", .text("hive")), ("command", .text(site.hook(client))),
            // Milliseconds.
            ("timeout", .number(10_000)),
        ])
        let events: [(String, String?)] = [
            ("SessionStart", nil), ("BeforeAgent", nil), ("BeforeTool", ".*"), ("AfterTool", ".*"), ("AfterAgent", nil),
            ("PreCompress", nil), ("SessionEnd", nil),
        ]
        return events.map { HookPiece.Group(event: $0, matcher: $1, handler: handler) }
    }

    func enforcement(_ version: ClientVersion?) -> (level: String, warnings: [String]) {
        (
            "cooperative",
            ["Gemini CLI goes on where a hook cannot be run, and asks nobody: what needs approval is refused"]
        )
    }
}
