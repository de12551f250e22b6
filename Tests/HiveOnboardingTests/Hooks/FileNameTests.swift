import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

/// By which names the law is asked about a file.
@Suite struct FileNameTests {
    private static func event(_ input: JSONValue, tool: String = "Edit", hive: JSONValue) throws -> HookEvent {
        try HookEvent(
            [
                "session_id": "s", "cwd": "/srv/press", "hook_event_name": "PreToolUse", "tool_name": .string(tool),
                "tool_input": input, "hive": hive,
            ], from: .claudeCode)
    }

    private static func paths(_ path: String, _ hive: JSONValue) throws -> [String] {
        let event = try event(["file_path": .string(path), "new_string": "x"], hive: hive)
        return try HookQuestion(event: event, agent: "ava").inputs().compactMap { $0["path"]?.string }
    }

    @Test("A link is asked about by its own name and by that of what it leads to")
    func links() throws {
        let hive: JSONValue = [
            "root": "/srv/press", "roots": ["/srv/press"], "real": ["ok.txt": "/srv/press/.env", "out": "/etc/passwd"],
        ]
        #expect(try Self.paths("ok.txt", hive) == ["ok.txt", ".env"])
        #expect(try Self.paths("out", hive) == ["out", "/etc/passwd"])
        #expect(try Self.paths("plain", hive) == ["plain"])
    }

    @Test("Wherever the agent stands, a file is known by its place in its own project")
    func places() throws {
        let linked: JSONValue = [
            "root": "/srv/linked", "roots": ["/srv/linked", "/srv/real"],
            "real": ["/srv/linked/.env": "/srv/real/.env", "/srv/real/.env": "/srv/real/.env"],
        ]
        #expect(try Self.paths("/srv/linked/.env", linked) == [".env"])
        #expect(try Self.paths("/srv/real/.env", linked) == [".env"])
        let nested: JSONValue = [
            "root": "/srv/real/sub", "roots": ["/srv/real/sub", "/srv/real"],
            "real": ["/srv/real/sub/k": "/srv/real/sub/k"],
        ]
        #expect(try Self.paths("/srv/real/sub/k", nested) == ["k", "sub/k"])
    }

    @Test("Paths are read and compared as systems do it, by bytes")
    func bytes() throws {
        let hive: JSONValue = ["root": "/srv/press", "roots": ["/srv/press", "/srv/caf\u{E9}"]]
        #expect(try Self.paths("/srv/press/\u{301}x/../.env", hive) == [".env"])
        #expect(try Self.paths("/srv/cafe\u{301}/a", hive) == ["/srv/cafe\u{301}/a"])
        let both: JSONValue = [
            "root": "/srv/press", "roots": ["/srv/press"], "real": ["caf\u{E9}": "/srv/press/cafe\u{301}"],
        ]
        #expect(try Self.paths("caf\u{E9}", both).count == 2)
    }

    @Test("What is written is asked about as a file, beside the call, and permits nothing")
    func writes() throws {
        let hive: JSONValue = ["root": "/srv/press", "roots": ["/srv/press"]]
        let write = try Self.event(["file_path": "gen/a", "content": "x"], tool: "Write", hive: hive)
        let questions = try HookQuestion(event: write, agent: "ava").writes()
        #expect(questions.map { $0["event"] } == ["file.write"])
        #expect(questions.first?["path"] == "gen/a" && questions.first?["content"] == "x")
        let read = try Self.event(["file_path": "a"], tool: "Read", hive: hive)
        #expect(try HookQuestion(event: read, agent: "ava").writes().isEmpty)
    }

    @Test("Of a patch a file is told what is added to it, so that taking a key out is no writing of it")
    func patches() throws {
        let event = try HookEvent(
            [
                "session_id": "s", "cwd": "/srv/press", "hook_event_name": "PreToolUse", "tool_name": "apply_patch",
                "tool_input": ["command": "*** Update File: a\n-key\n+new\n*** Delete File: b"],
            ], from: .codex)
        let questions = try HookQuestion(event: event, agent: "ava").writes()
        #expect(questions.map { $0["path"] } == ["a", "b"])
        #expect(questions.map { $0["content"] } == ["new\n", ""])
    }

    private static func verdict(_ effect: String, _ replaced: JSONValue = [:]) -> HookVerdict {
        HookVerdict([
            "effect": .string(effect), "rule": ["id": "r"], "transformed": replaced,
            "matched": effect == "allow" ? [["effect": "allow", "enforcement": "enforce"]] : [],
        ])
    }

    @Test("Rules about files restrict a call that is allowed, and do not take its permission away otherwise")
    func restricted() {
        let allowed = Self.verdict("allow")
        #expect(allowed.restricted(by: [Self.verdict("none")]).effect == .allow)
        #expect(allowed.restricted(by: [Self.verdict("deny")]).effect == .deny)
        #expect(allowed.restricted(by: [Self.verdict("warn")]).isAllowed)
        #expect(!Self.verdict("none").restricted(by: [Self.verdict("allow")]).isAllowed)
    }

    @Test("Changes by several rules come together; two that differ about one thing are a refusal")
    func changes() {
        let one = Self.verdict("transform", ["content": "x"])
        let other = Self.verdict("transform", ["command": "y"])
        #expect(HookVerdict.strictest(of: [one, other, one])?.replaced == ["content": "x", "command": "y"])
        #expect(HookVerdict.strictest(of: [one, Self.verdict("transform", ["content": "z"])])?.effect == .deny)
    }

    @Test("A path that goes by several names is not changed by a rule, since nobody knows which was meant")
    func changedPaths() throws {
        let hive: JSONValue = ["root": "/srv/press", "roots": ["/srv/press"], "real": ["ok": "/srv/press/.env"]]
        func reply(_ path: String) throws -> JSONValue? {
            let event = try Self.event(["file_path": .string(path), "new_string": "x"], hive: hive)
            let verdict = Self.verdict("transform", ["path": "safe/b"])
            return try HookReply(event: event, verdict: verdict, context: "").json()?["hookSpecificOutput"]
        }
        #expect(try reply("a")?["updatedInput"]?["file_path"] == "/srv/press/safe/b")
        #expect(try reply("ok")?["permissionDecision"] == "deny")
    }

    @Test("Half a secret is not kept where a text is cut")
    func cut() {
        let token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
        let text = SessionText.cut(String(repeating: "x ", count: 240) + token, 500)
        #expect(!text.contains("ghp_") && text.hasSuffix("[secret]"))
    }
}
