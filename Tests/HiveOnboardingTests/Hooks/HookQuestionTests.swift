import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct HookQuestionTests {
    private static func inputs(_ client: HookClient, _ fields: [String: JSONValue]) throws -> [JSONValue] {
        var event: [String: JSONValue] = [
            "session_id": "s1", "cwd": "/srv/press/src",
            "hive": ["root": "/srv/press", "branch": "main", "repository": "acme/press"],
        ]
        event.merge(fields) { _, given in given }
        return try HookQuestion(event: try HookEvent(.object(event), from: client), agent: "ava").inputs()
    }

    @Test("A shell command with all that is known of the place")
    func command() throws {
        let input: JSONValue = ["command": "git push -f", "description": "Push"]
        let inputs = try Self.inputs(
            .claudeCode, ["hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": input])
        #expect(
            inputs == [
                [
                    "event": "tool.pre", "tool": "Bash", "command": "git push -f", "args": input, "session": "s1",
                    "project": "press", "agent": ["name": "ava"], "git": ["branch": "main", "repo": "acme/press"],
                ]
            ])
    }

    @Test(
        "Paths are told relative to the project",
        arguments: [
            ("/srv/press/src/a.swift", "src/a.swift"), ("a.swift", "src/a.swift"), ("../b", "b"),
            ("/srv/press/src/../../press/c", "c"), ("/etc/passwd", "/etc/passwd"),
            ("/srv/pressing/x", "/srv/pressing/x"),
            ("/srv/press", "."), ("C:\\x\\y", "C:/x/y"),
        ])
    func paths(given: String, told: String) throws {
        let inputs = try Self.inputs(
            .claudeCode,
            [
                "hook_event_name": "PreToolUse", "tool_name": "Write",
                "tool_input": ["file_path": .string(given), "content": "x"],
            ])
        #expect(inputs.map { $0["path"]?.string } == [told])
    }

    @Test("A patch asks about each file that it touches, also where one goes")
    func patch() throws {
        let patch =
            "*** Begin Patch\n*** Update File: src/a\n*** Move to: src/b\n@@\n*** Delete File: /etc/c\n*** End Patch"
        let inputs = try Self.inputs(
            .codex,
            ["hook_event_name": "PreToolUse", "tool_name": "apply_patch", "tool_input": ["command": .string(patch)]])
        #expect(inputs.map { $0["path"]?.string } == ["src/src/a", "src/src/b", "/etc/c"])
        #expect(inputs.allSatisfy { $0["tool"] == "Edit" && $0["content"]?.string == patch && $0["command"] == nil })
    }

    @Test("Commands in other forms are asked about as they would be typed")
    func commandForms() throws {
        let words: JSONValue = ["command": ["bash", "-lc", "rm -rf /"]]
        #expect(try ToolAction("shell", words, client: .codex).command == "bash -lc 'rm -rf /'")
        #expect(try ToolAction("exec_command", ["cmd": "rm -rf /"], client: .codex).command == "rm -rf /")
        let quoted: JSONValue = ["command": ["echo", "it's", ""]]
        #expect(try ToolAction("shell", quoted, client: .codex).command == #"echo 'it'\''s' ''"#)
    }

    @Test("Every file of a call is asked about, and spaces around a patch's line hide none")
    func everyFile() throws {
        let many: JSONValue = ["paths": ["a.txt", ".env"], "include": ["secrets/*"]]
        #expect(try ToolAction("read_many_files", many, client: .gemini).paths == ["a.txt", ".env", "secrets/*"])
        let patch: JSONValue = ["input": "*** Begin Patch\n  *** Add File: .env  \n+x\n*** End Patch"]
        #expect(try ToolAction("apply_patch", patch, client: .codex).paths == [".env"])
        let flood: JSONValue = ["paths": .array((0..<500).map { .string("f\($0)") })]
        #expect(throws: HiveError.self) { try ToolAction("read_many_files", flood, client: .gemini) }
    }

    @Test("Tools have the names that rules know")
    func names() throws {
        let inputs = try Self.inputs(
            .gemini,
            [
                "hook_event_name": "BeforeTool", "tool_name": "replace",
                "tool_input": ["file_path": "/srv/press/a", "old_string": "x", "new_string": "y"],
            ])
        #expect(inputs.first?["tool"] == "Edit")
        #expect(inputs.first?["content"] == "y")
    }

    @Test("Results tell whether the tool failed")
    func results() throws {
        let fields: [String: JSONValue] = [
            "tool_name": "Bash", "tool_input": ["command": "make"], "tool_response": ["stdout": "done"],
        ]
        let good = try Self.inputs(.claudeCode, fields.merging(["hook_event_name": "PostToolUse"]) { $1 })
        #expect(good.first?["failed"] == false && good.first?["event"] == "tool.post")
        #expect(good.first?["output"]?.string?.contains("done") == true)
        let bad = try Self.inputs(.claudeCode, fields.merging(["hook_event_name": "PostToolUseFailure"]) { $1 })
        #expect(bad.first?["failed"] == true)
    }

    @Test(
        "An event without what it needs is an error, never a permission",
        arguments: [
            [:], ["hook_event_name": 1], ["hook_event_name": "Unheard"], ["hook_event_name": "PreToolUse"],
            ["hook_event_name": "PreToolUse", "tool_name": "Bash"],
            ["hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": "ls"],
            ["hook_event_name": "PreToolUse", "tool_name": "", "tool_input": [:]],
            ["hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": [:]],
            ["hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": ["command": 1]],
            ["hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": ["command": ["rm", 1]]],
            ["hook_event_name": "PreToolUse", "tool_name": "Write", "tool_input": ["content": "x"]],
            ["hook_event_name": "PreToolUse", "tool_name": "Read", "tool_input": ["file_path": .null]],
            [
                "hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_input": [:], "permission_mode": "unbound",
            ], ["hook_event_name": "UserPromptSubmit"],
        ] as [[String: JSONValue]])
    func broken(fields: [String: JSONValue]) {
        #expect(throws: HiveError.self) { try Self.inputs(.claudeCode, fields) }
    }

    @Test("Of several decisions the strictest counts, and permission needs all of them")
    func strictest() throws {
        func verdict(_ effect: String, rule: String? = "r") -> HookVerdict {
            HookVerdict([
                "effect": .string(effect), "rule": rule.map { ["id": .string($0)] } ?? .null,
                "matched": effect == "allow" && rule != nil ? [["effect": "allow", "enforcement": "enforce"]] : [],
            ])
        }
        #expect(HookVerdict.strictest(of: [verdict("allow"), verdict("deny"), verdict("warn")])?.effect == .deny)
        #expect(
            HookVerdict.strictest(of: [verdict("allow"), verdict("allow", rule: nil)])?.effect
                == HookVerdict.Effect.none)
        #expect(HookVerdict.strictest(of: [verdict("allow"), verdict("allow")])?.effect == .allow)
        #expect(HookVerdict.strictest(of: []) == nil)
    }

    @Test("Secrets are taken out of what is kept")
    func secrets() {
        let token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
        let text = SessionText.withoutSecrets("curl -H 'Authorization: token \(token)' https://x")
        #expect(!text.contains(token) && text.contains("[secret]") && text.hasSuffix("https://x"))
    }

    @Test("The end of a conversation is read in the forms of clients, and nothing else is taken from it")
    func transcripts() {
        let tail = """
            {"type":"user","message":{"role":"user","content":"why is it slow?"}}
            not json
            {"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use","name":"Bash"},{"type":"text","text":"The cache is cold."}]}}
            {"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Done."}]}}
            """
        #expect(Transcript.lastWords(tail) == "Done.")
        #expect(Transcript.summary(tail) == "user: why is it slow?\nassistant: The cache is cold.\nassistant: Done.")
        #expect(Transcript.lastWords("{}") == nil)
    }
}
