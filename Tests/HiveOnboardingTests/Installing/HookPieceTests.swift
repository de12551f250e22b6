import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct HookPieceTests {
    private static let path = "/p/.claude/settings.json"

    private static func installer(_ files: MemoryFiles) throws -> Installer {
        let site = InstallationSite(
            level: .project, root: "/p", program: "hivectl", data: nil, policyPath: "/d/hooks.json")
        let pieces = try ClaudeCodeAdapter().pieces(site, commands: [])
        return Installer(files: files, pieces: pieces.filter { $0.part == .hooks })
    }

    @Test("A narrowed matcher is noticed, and installing anew sees to it")
    func narrowed() throws {
        let files = MemoryFiles()
        let installer = try Self.installer(files)
        _ = try installer.install()
        let whole = try #require(files.text(Self.path))
        try files.write(
            Array(whole.replacing("\"matcher\": \"*\"", with: "\"matcher\": \"Nothing\"").utf8), to: Self.path)
        #expect(try installer.check().map(\.state) == [.outdated])
        #expect(try installer.install().map(\.action) == [.written])
        #expect(files.text(Self.path) == whole)
        #expect(try installer.check().map(\.state) == [.current])
        // No matcher, and an empty one, stand for all.
        try files.write(Array(whole.replacing("\"matcher\": \"*\"", with: "\"matcher\": \"\"").utf8), to: Self.path)
        #expect(try installer.check().map(\.state) == [.current])
    }

    @Test("In a group of somebody else, with a matcher of its own, Hive's handler gets a group of its own")
    func shared() throws {
        let text = """
            {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "mine"},
            {"type": "command", "command": "hivectl hook claude-code", "timeout": 10, "onFailure": "block"}]}]}}
            """
        let files = MemoryFiles([Self.path: text])
        let installer = try Self.installer(files)
        #expect(try installer.check().map(\.state) == [.outdated])
        _ = try installer.install()
        #expect(try installer.check().map(\.state) == [.current])
        let hooks = try JSONValue(parsing: files.all[Self.path] ?? [])["hooks"]?["PreToolUse"]
        #expect(hooks?.array?.count == 2)
        #expect(hooks?.array?.first?["matcher"] == "Bash" && hooks?.array?.first?["hooks"]?.array?.count == 1)
        #expect(hooks?.array?.last?["matcher"] == "*")
    }

    @Test(
        "A command that does more than Hive's is its user's: it stays, and Hive's own comes beside it",
        arguments: [
            "my hivectl hook claude-code | tee /srv/x", "HIVE_AGENT=ci hivectl hook claude-code",
            "hivectl hook claude-code --agent ci", "hivectl hook claude-code; true", "echo hivectl hook claude-code",
        ])
    func foreign(command: String) throws {
        let handler: JSONValue = ["hooks": [["type": "command", "command": .string(command)]]]
        let text = JSONValue.object(["hooks": ["PreToolUse": [handler]]]).text
        let files = MemoryFiles([Self.path: text])
        let installer = try Self.installer(files)
        #expect(try installer.install().map(\.action) == [.written])
        #expect(try installer.check().map(\.state) == [.current])
        _ = try installer.remove()
        #expect(files.text(Self.path) == text)
    }

    @Test("Hive's own command lines are known, with quotes and from wherever")
    func commandLines() {
        #expect(HookCommandLine("hivectl hook gemini")?.client == "gemini")
        #expect(HookCommandLine("'/opt/it'\\''s here/hivectl' hook codex --data '/srv/a b'")?.client == "codex")
        for other in [
            "", "hivectl", "hivectl hook", "hivectl mcp x", "hivectl hook codex --data", "hivectl hook 'codex",
        ] {
            #expect(HookCommandLine(other) == nil)
        }
    }

    @Test("Settings that switch hooks off are told")
    func switches() {
        func warnings(_ text: String, _ client: HookClient) -> Int {
            HookSwitch.warnings(in: Array(text.utf8), of: "/p/x", client: client).count
        }
        #expect(warnings(#"{"disableAllHooks": true}"#, .claudeCode) == 1)
        #expect(warnings(#"{"disableAllHooks": false}"#, .claudeCode) == 0)
        #expect(warnings(#"{"hooksConfig": {"enabled": false}}"#, .gemini) == 1)
        #expect(warnings(#"{"hooks": {"disabled": ["hive"]}}"#, .gemini) == 1)
        #expect(warnings(#"{"hooks": {"disabled": ["other"]}}"#, .gemini) == 0)
        #expect(warnings("no json", .gemini) == 0)
    }
}
