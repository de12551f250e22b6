import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct ToolCommandTests {
    private static func command(_ tool: String, _ input: JSONValue, _ client: HookClient = .codex) throws -> String? {
        let action = try ToolAction(tool, input, client: client)
        #expect(action.tool == "Bash")
        return action.command
    }

    @Test("A quote inside a word is one to the shell as well where a combining mark follows it")
    func marks() throws {
        let text = try Self.command("shell", ["command": ["bash", "-lc", ": '\u{301} a'; rm -rf /"]])
        let bytes = Array("bash -lc ': '\\''\u{301} a'\\''; rm -rf /'".utf8)
        #expect(text.map { Array($0.utf8) } == bytes)
    }

    @Test(
        "Of members that name different commands nobody knows which one runs",
        arguments: [
            ["command": "ls", "cmd": "rm -rf /"], ["command": ["ls"], "cmd": "rm -rf /"],
            ["command": "ls", "cmd": ["rm", "-rf", "/"]], ["command": ["ls"], "cmd": ["rm"]],
            ["command": "ls", "cmd": 1], ["command": "ls", "cmd": ["rm", 1]], ["command": "ls", "cmd": [:]],
            ["command": "e\u{301}", "cmd": "\u{e9}"],
        ] as [JSONValue])
    func several(input: JSONValue) {
        for (tool, client) in [("exec_command", HookClient.codex), ("Bash", .claudeCode)] {
            let error = #expect(throws: HiveError.self) { try ToolAction(tool, input, client: client) }
            #expect(error?.code == .invalidInput)
        }
    }

    @Test("The same command twice is one, and is not changed in one place only")
    func same() throws {
        let input: JSONValue = ["command": ["ls", "-l"], "cmd": "ls -l", "x": .null]
        let action = try ToolAction("exec_command", input, client: .codex)
        #expect(action.command == "ls -l")
        #expect(action.replacing(["command": "ls"], names: []) == nil)
        let one = try ToolAction("exec_command", ["cmd": "ls -l", "command": .null], client: .codex)
        #expect(one.replacing(["command": "ls"], names: [])?["cmd"] == "ls")
    }

    @Test("Every tool that runs commands is asked about as Bash, by whatever name its command has")
    func tools() throws {
        let wipe: JSONValue = ["command": "rm -rf /"]
        for tool in ["shell_command", "container.exec", "unified_exec", "shell", "local_shell", "exec_command"] {
            #expect(try Self.command(tool, wipe) == "rm -rf /")
        }
        for tool in ["PowerShell", "Monitor", "Bash"] {
            #expect(try Self.command(tool, wipe, .claudeCode) == "rm -rf /")
        }
        #expect(try Self.command("container.exec", ["cmd": ["rm", "-rf", "/"]]) == "rm -rf /")
        #expect(try Self.command("unified_exec", ["input": ["rm", "-rf", "/"]]) == "rm -rf /")
        #expect(try Self.command("write_stdin", ["session_id": 1, "chars": "rm -rf /\n"]) == "rm -rf /\n")
        #expect(try Self.command("write_stdin", ["session_id": 1, "chars": ""])?.isEmpty == true)
        for (tool, client) in [("write_stdin", HookClient.codex), ("unified_exec", .codex), ("Monitor", .claudeCode)] {
            #expect(throws: HiveError.self) { try ToolAction(tool, ["session_id": 1], client: client) }
        }
        #expect(throws: HiveError.self) {
            try ToolAction("write_stdin", ["chars": "ls", "text": "rm -rf /"], client: .codex)
        }
    }

    @Test("What tools of other servers call a command may be anything, and then is none")
    func others() throws {
        #expect(try ToolAction("mcp__robot__move", ["command": ["x": 1]], client: .codex).command == nil)
        #expect(try ToolAction("mcp__robot__move", ["cmd": "left"], client: .codex).command == "left")
    }
}
