import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct InstallerTests {
    private static func installer(
        _ files: MemoryFiles, _ client: HookClient = .claudeCode, commands: [AgentCommand] = CommandCatalog.all,
        program: String = "hivectl", force: Bool = false
    ) throws -> Installer {
        let site = InstallationSite(
            level: .project, root: "/p", program: program, data: nil, policyPath: "/d/hooks.json")
        let pieces = try ClientAdapters.adapter(named: client.rawValue).pieces(site, commands: commands)
        return Installer(files: files, pieces: pieces, force: force)
    }

    @Test("A file that cannot be understood stops everything before anything is written")
    func unparsable() throws {
        let files = MemoryFiles(["/p/.claude/settings.json": "{\"hooks\": [1,}"])
        let former = files.all
        let error = #expect(throws: HiveError.self) { try Self.installer(files).install() }
        #expect(error?.message.contains("/p/.claude/settings.json") == true)
        #expect(error?.message.contains("line 1") == true)
        #expect(files.all == former)
    }

    @Test("Hooks that are no object are somebody else's business")
    func otherShape() throws {
        let files = MemoryFiles(["/p/.claude/settings.json": "{\"hooks\": []}"])
        #expect(throws: HiveError.self) { try Self.installer(files).install() }
        #expect(files.all.count == 1)
    }

    @Test("Where one file cannot be written the others are put back")
    func rolledBack() throws {
        let files = MemoryFiles(["/p/CLAUDE.md": "mine\n"], refusing: "/p/.claude/settings.json")
        let former = files.all
        #expect(throws: HiveError.self) { try Self.installer(files).install() }
        #expect(files.all == former)
    }

    @Test("A server of the same name that is not Hive's stays, and is named")
    func foreignServer() throws {
        let text = "{\"mcpServers\": {\"hive\": {\"command\": \"bees\"}}}"
        let files = MemoryFiles(["/p/.mcp.json": text])
        let places = try Self.installer(files).install()
        #expect(places.first { $0.part == .mcp }?.state == .foreign)
        #expect(places.first { $0.part == .mcp }?.action == .kept)
        #expect(files.text("/p/.mcp.json") == text)
        _ = try Self.installer(files).remove()
        #expect(files.text("/p/.mcp.json") == text)
    }

    @Test("A command that somebody changed is left alone until it is forced, and never removed")
    func changedCommand() throws {
        let files = MemoryFiles()
        _ = try Self.installer(files).install()
        let path = "/p/.claude/commands/recall.md"
        let changed = (files.text(path) ?? "").replacing("Recall what", with: "my words")
        try files.write(Array(changed.utf8), to: path)
        #expect(try Self.installer(files).check().first { $0.path == path }?.state == .changed)
        #expect(try Self.installer(files).install().first { $0.path == path }?.action == .kept)
        #expect(files.text(path) == changed)
        #expect(try Self.installer(files).remove().first { $0.path == path }?.action == .kept)
        #expect(files.text(path) == changed)
        #expect(try Self.installer(files, force: true).install().first { $0.path == path }?.action == .written)
        #expect(files.text(path)?.contains("my words") == false)
    }

    @Test("A file of the same name that Hive did not write is not touched, not even by force")
    func foreignCommand() throws {
        let files = MemoryFiles(["/p/.claude/commands/recall.md": "mine"])
        let places = try Self.installer(files, force: true).install()
        #expect(places.first { $0.path.hasSuffix("recall.md") }?.state == .foreign)
        _ = try Self.installer(files).remove()
        #expect(files.all == ["/p/.claude/commands/recall.md": Array("mine".utf8)])
    }

    @Test("A newer text replaces an older one, and nobody calls that a change")
    func outdated() throws {
        let files = MemoryFiles()
        let older = [AgentCommand(name: "recall", description: "Older", prompt: "Older.")]
        _ = try Self.installer(files, commands: older, program: "/old/hivectl").install()
        let newer = [AgentCommand(name: "recall", description: "Newer", prompt: "Newer.")]
        let installer = try Self.installer(files, commands: newer)
        let states = try installer.check().map(\.state)
        #expect(states == [.outdated, .outdated, .current, .outdated])
        #expect(try installer.install().allSatisfy { $0.state == .current })
        #expect(!files.all.values.contains { String(decoding: $0, as: UTF8.self).contains("/old/") })
        _ = try installer.remove()
        #expect(files.all.isEmpty)
    }

    @Test("A handler of somebody else in Hive's group stays")
    func sharedGroup() throws {
        let files = MemoryFiles()
        _ = try Self.installer(files).install()
        let path = "/p/.claude/settings.json"
        var editor = try JSONEditor(try #require(files.all[path]))
        let group = try #require(editor.outline.node(at: ["hooks", "Stop"])?.items.first?.value)
        let list = try #require(group.items.last?.value)
        let place = list.items[0].range.upperBound
        var bytes = editor.bytes
        bytes.insert(contentsOf: Array(", {\"type\": \"command\", \"command\": \"say done\"}".utf8), at: place)
        try files.write(bytes, to: path)
        _ = try Self.installer(files).remove()
        editor = try JSONEditor(try #require(files.all[path]))
        let rest = String(decoding: editor.bytes, as: UTF8.self)
        #expect(rest.contains("say done") && !rest.contains("hivectl"))
    }

    @Test("No file that a project commits holds a token or a path of this machine")
    func nothingPrivate() throws {
        let files = MemoryFiles()
        _ = try Self.installer(files).install()
        let settings = try #require(files.text("/p/.claude/settings.json"))
        #expect(settings.contains("\"command\": \"hivectl hook claude-code\""))
        #expect(settings.contains("\"onFailure\": \"block\""))
        for text in files.all.values.map({ String(decoding: $0, as: UTF8.self) }) {
            #expect(!text.contains("oken\":") && !text.contains("Bearer") && !text.contains("/home"))
        }
    }

    @Test(
        "Lines are not added to TOML that ends inside a text or a list",
        arguments: ["a = [1,", "s = '''x", "s = \"x\n"])
    func openTOML(text: String) throws {
        let files = MemoryFiles(["/p/.codex/config.toml": text])
        #expect(throws: HiveError.self) { try Self.installer(files, .codex).install() }
        #expect(files.text("/p/.codex/config.toml") == text)
    }

    @Test("Commands speak each client's language")
    func languages() throws {
        let command = AgentCommand(
            name: "x", description: "Say \"x\"", argumentHint: "[y]", prompt: "Do $ARGUMENTS \\ \"\"\"")
        #expect(
            CommandText.markdown(command).hasPrefix(
                "---\ndescription: \"Say \\\"x\\\"\"\nargument-hint: \"[y]\"\n---\n"))
        #expect(CommandText.toml(command).contains("prompt = \"\"\"\nDo {{args}} \\\\ \\\"\\\"\\\"\n\"\"\""))
        #expect(CommandText.skill(command).hasPrefix("---\nname: x\n"))
        #expect(!CommandText.skill(command).contains("$ARGUMENTS"))
    }

    @Test("A combining mark behind a quote or a backslash does not hide it")
    func marks() throws {
        let command = AgentCommand(name: "x", description: "x", prompt: "a \"\"\"\u{301} \\\u{301} b")
        let text = CommandText.toml(command)
        #expect(Array(text.utf8).contains(Array("a \\\"\\\"\\\"\u{301} \\\\\u{301} b".utf8)))
        let site = InstallationSite(
            level: .project, root: "/p", program: "hivectl", data: "/srv/it'\u{301}; ls", policyPath: "/d/hooks.json")
        let line = site.hook(.claudeCode)
        #expect(Array(line.utf8).contains(Array("'/srv/it'\\''\u{301}; ls'".utf8)))
        #expect(HookCommandLine(line)?.client == "claude-code")
        #expect(HookCommandLine("hivectl hook claude-code --data x;\u{301}ls") == nil)
    }

    @Test("A client that is too old to enforce is reported")
    func versions() throws {
        let adapter = ClaudeCodeAdapter()
        #expect(adapter.enforcement(ClientVersion(in: "2.1.213 (Claude Code)")).level == "none")
        #expect(adapter.enforcement(ClientVersion(in: "2.1.214 (Claude Code)")).level == "cooperative")
        #expect(adapter.enforcement(ClientVersion(in: "v2.1.295")).level == "enforced")
        #expect(adapter.enforcement(ClientVersion(in: "2.10.0")).level == "enforced")
        #expect(ClientVersion(in: "no numbers here") == nil)
    }
}
