import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

@Suite struct HookReplyTests {
    private static func event(
        _ client: HookClient, _ name: String, tool: String = "Bash", input: JSONValue = ["command": "rm -rf build"],
        more: [String: JSONValue] = [:]
    ) throws -> HookEvent {
        var fields: [String: JSONValue] = [
            "hook_event_name": .string(name), "session_id": "s1", "cwd": "/srv/press/src", "tool_name": .string(tool),
            "tool_input": input, "prompt": "how does the press start?", "hive": ["root": "/srv/press"],
        ]
        fields.merge(more) { _, given in given }
        return try HookEvent(.object(fields), from: client)
    }

    private static func verdict(
        _ effect: String, rule: String? = "r", transformed: JSONValue = [:], allowedToo: Bool = false
    ) -> HookVerdict {
        let matched: JSONValue = allowedToo ? [["effect": "allow", "enforcement": "enforce"]] : []
        return HookVerdict([
            "effect": .string(effect), "allowed": .bool(effect != "deny"), "message": "no", "remediation": "do that",
            "rule": rule.map { ["id": .string($0), "version": 3] } ?? .null, "transformed": transformed,
            "matched": effect == "allow" && rule != nil ? [["effect": "allow", "enforcement": "enforce"]] : matched,
        ])
    }

    private static func reply(_ event: HookEvent, _ verdict: HookVerdict, context: String = "") throws -> JSONValue? {
        try HookReply(event: event, verdict: verdict, context: context).json()
    }

    private static let reason: JSONValue = "no — do that (rule r v3)"

    @Test("Claude Code is told deny, ask and allow, and nothing where no rule has a say")
    func claude() throws {
        let event = try Self.event(.claudeCode, "PreToolUse")
        for (effect, word) in [("deny", "deny"), ("require-approval", "ask"), ("allow", "allow")] {
            #expect(
                try Self.reply(event, Self.verdict(effect)) == [
                    "hookSpecificOutput": [
                        "hookEventName": "PreToolUse", "permissionDecision": .string(word),
                        "permissionDecisionReason": Self.reason,
                    ]
                ])
        }
        #expect(try Self.reply(event, Self.verdict("allow", rule: nil)) == nil)
        #expect(
            try Self.reply(event, Self.verdict("warn")) == [
                "hookSpecificOutput": ["hookEventName": "PreToolUse", "additionalContext": Self.reason]
            ])
    }

    @Test("Codex is told nothing that it would go on at: a question is a refusal, permission is silence")
    func codex() throws {
        let event = try Self.event(.codex, "PreToolUse")
        let asked = try #require(try Self.reply(event, Self.verdict("require-approval")))["hookSpecificOutput"]
        #expect(asked?["permissionDecision"] == "deny")
        #expect(asked?["permissionDecisionReason"]?.string?.isEmpty == false)
        #expect(try Self.reply(event, Self.verdict("allow")) == nil)
    }

    @Test("Gemini is refused by its own words")
    func gemini() throws {
        let event = try Self.event(.gemini, "BeforeTool", tool: "run_shell_command")
        #expect(try Self.reply(event, Self.verdict("deny")) == ["decision": "deny", "reason": Self.reason])
        #expect(try Self.reply(event, Self.verdict("require-approval"))?["decision"] == "deny")
        #expect(try Self.reply(event, Self.verdict("allow")) == nil)
        #expect(try Self.reply(event, Self.verdict("annotate")) == ["systemMessage": Self.reason])
    }

    @Test("A changed call is sent whole, and approved only where a rule allows it")
    func transformed() throws {
        let input: JSONValue = ["command": "rm -rf build", "description": "Clean", "timeout": 5]
        let verdict = Self.verdict("transform", transformed: ["command": "rm -rf ./build"])
        let event = try Self.event(.claudeCode, "PreToolUse", input: input)
        let output = try #require(try Self.reply(event, verdict))["hookSpecificOutput"]
        #expect(output?["updatedInput"] == ["command": "rm -rf ./build", "description": "Clean", "timeout": 5])
        #expect(output?["permissionDecision"] == "ask")
        let allowed = Self.verdict("transform", transformed: ["command": "x"], allowedToo: true)
        #expect(try Self.reply(event, allowed)?["hookSpecificOutput"]?["permissionDecision"] == "allow")
        let gemini = try Self.event(.gemini, "BeforeTool", tool: "run_shell_command", input: input)
        #expect(
            try Self.reply(gemini, verdict)?["hookSpecificOutput"]?["tool_input"]?["command"] == "rm -rf ./build")
    }

    @Test("A path that rules change is absolute again")
    func transformedPath() throws {
        let event = try Self.event(
            .claudeCode, "PreToolUse", tool: "Write", input: ["file_path": "/srv/press/a.txt", "content": "x"])
        let verdict = Self.verdict("transform", transformed: ["path": "b/a.txt"])
        let output = try Self.reply(event, verdict)?["hookSpecificOutput"]?["updatedInput"]
        #expect(output == ["file_path": "/srv/press/b/a.txt", "content": "x"])
    }

    @Test("A change that the client has no place for is a refusal")
    func impossible() throws {
        let event = try Self.event(
            .codex, "PreToolUse", tool: "apply_patch", input: ["command": "*** Update File: a\n"])
        let verdict = Self.verdict("transform", transformed: ["path": "b"])
        #expect(try Self.reply(event, verdict)?["hookSpecificOutput"]?["permissionDecision"] == "deny")
    }

    @Test("Prompts and results are blocked, and a turn is kept from ending once only")
    func blocked() throws {
        for name in ["UserPromptSubmit", "PostToolUse", "Stop"] {
            let event = try Self.event(.claudeCode, name)
            #expect(try Self.reply(event, Self.verdict("deny")) == ["decision": "block", "reason": Self.reason])
        }
        let again = try Self.event(.claudeCode, "Stop", more: ["stop_hook_active": true])
        #expect(try Self.reply(again, Self.verdict("deny")) == nil)
        #expect(try Self.reply(try Self.event(.gemini, "AfterAgent"), Self.verdict("deny"))?["decision"] == "deny")
    }

    @Test("No text is longer than clients take, counted as they count")
    func longTexts() throws {
        let event = try Self.event(.claudeCode, "SessionStart")
        let words = String(repeating: "😀", count: 8000)
        let reply = try Self.reply(event, Self.verdict("allow", rule: nil), context: words)
        let text = reply?["hookSpecificOutput"]?["additionalContext"]?.string ?? ""
        #expect(text.utf16.count <= 10_000 && text.utf16.count >= 9_998 && text.hasSuffix("…"))
    }

    @Test("What cannot be read as a decision is a refusal")
    func unreadable() throws {
        let event = try Self.event(.claudeCode, "PreToolUse")
        for decision: JSONValue in [[:], ["effect": "new"], ["effect": "new", "allowed": false], "allow"] {
            let reply = try HookReply(event: event, verdict: HookVerdict(decision), context: "").json()
            #expect(reply?["hookSpecificOutput"]?["permissionDecision"] == "deny", "\(decision)")
        }
    }
}
