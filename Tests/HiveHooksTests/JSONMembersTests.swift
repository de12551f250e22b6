import HiveHooks
import Testing

@Suite struct JSONMembersTests {
    @Test("Texts are found among everything else, with their escapes")
    func texts() throws {
        let json =
            #" {"a": {"hook_event_name": "no"}, "hook_event_name": "Pre\u0054ool \ud83d\ude00\n", "n": -12, "l": [1, {}]} "#
        let members = try #require(JSONMembers(Array(json.utf8)))
        #expect(members.text("hook_event_name") == "PreTool 😀\n")
        #expect(members.number("n") == -12)
        #expect(members.text("n") == nil)
        #expect(members.object("a")?.text("hook_event_name") == "no")
        #expect(members.text("missing") == nil)
    }

    @Test(
        "What is no single object is refused",
        arguments: [
            "", "[]", "null", "{", "{\"a\":1,}", "{\"a\":1}{}", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{'a':1}",
            "{\"a\":tru}",
            "{\"a\":\"\u{1}\"}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", String(repeating: "{\"a\":", count: 400),
        ])
    func refused(text: String) { #expect(JSONMembers(Array(text.utf8)) == nil) }

    @Test("Bytes that are no UTF-8, half a surrogate pair as a name, and cut escapes are refused")
    func brokenTexts() {
        #expect(JSONMembers(Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)) == nil)
        #expect(JSONMembers(Array(#"{"\ud800":1}"#.utf8)) == nil)
        #expect(JSONMembers(Array(#"{"a":"\ud800"}"#.utf8))?.text("a") == nil)
        #expect(JSONMembers(Array(#"{"a":"\u00"}"#.utf8))?.text("a") == nil)
    }

    @Test("A text that is written is read back")
    func roundTrip() throws {
        let text = "a \"quoted\" \\ back\u{1}\n\t\r slash/ ü 😀"
        var output = Array("{\"x\":".utf8)
        JSONMembers.write(text, to: &output)
        #expect(try #require(JSONMembers(output + Array("}".utf8))).text("x") == text)
    }
}

@Suite struct HookPolicyTests {
    @Test("Only a policy that says so lets a call through", arguments: HookPolicy.allCases)
    func roundTrip(policy: HookPolicy) { #expect(HookPolicy(reading: Array(policy.text.utf8)) == policy) }

    @Test(
        "Whatever else stands there, it denies",
        arguments: [
            "", "allow", "{}", "{\"hooks\": \"allow\"}", "{\"hooks\": {\"withoutNode\": \"yes\"}}", "{\"hooks\": {",
        ])
    func others(text: String) { #expect(HookPolicy(reading: Array(text.utf8)) == .deny) }
}

@Suite struct HookClientTests {
    @Test("Only what runs before a tool can keep something from happening")
    func moments() {
        #expect(HookClient.claudeCode.moment(of: "PreToolUse") == .beforeTool)
        #expect(HookClient.gemini.moment(of: "BeforeTool") == .beforeTool)
        #expect(HookClient.gemini.moment(of: "PreToolUse") == nil)
        #expect(HookClient.codex.moment(of: "Notification") == .other)
        #expect(HookClient.claudeCode.moment(of: "pretooluse") == nil)
        #expect(HookMoment.allCases.filter(\.wantsTranscript) == [.stop, .compaction, .end])
    }
}
