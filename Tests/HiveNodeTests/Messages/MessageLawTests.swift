import HiveAPI
import Testing

@testable import HiveNode

/// The law on messages.
@Suite struct MessageLawTests {
    private static let rule = """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: NAME}
        spec:
          scope: global
          match: {events: [message.send]}
          when: WHEN
        """

    private func push(_ lone: LoneNode, _ name: String, when: String, _ effect: String) async throws {
        let text = Self.rule.replacing("NAME", with: name).replacing("WHEN", with: when) + effect
        let request = PushRules(sources: [RuleSource(path: "mail/\(name).yaml", text: text)], set: name)
        _ = try await lone.node.push(request, as: .operator)
    }

    @Test("A denial keeps a message back and says why; nothing of it is stored")
    func denial() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "bo"), as: .agent)
        try await push(
            lone, "no-tokens", when: "content.contains('token')",
            "\n  effect: deny\n  message: \"'no secrets in messages'\"\n  remediation: Say where it is kept.")
        let caller = Caller(role: .agent, agent: "ava")
        let error = await #expect(throws: HiveError.self) {
            try await lone.node.send(SendMessage(to: ["bo"], text: "the token is 42"), as: caller)
        }
        #expect(error?.code == .denied && error?.message.contains("no secrets in messages") == true)
        #expect(error?.message.contains("no-tokens") == true && error?.hint == "Say where it is kept.")
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.share(ShareDiscovery(content: "the token is 42"), as: caller)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.ask(AskAgent(to: "bo", text: "which token?", timeout: 1), as: caller)
        }
        #expect(try lone.node.messageIndex.all().isEmpty)
        #expect(try await lone.node.search(MemoryQuery(), as: caller).items.isEmpty)
        _ = try await lone.node.send(SendMessage(to: ["bo"], text: "all is well"), as: caller)
    }

    @Test("A rule changes the text of a message; one that changes anything else keeps it back")
    func transformation() async throws {
        let lone = try LoneNode()
        for name in ["bo", "eve"] { _ = try await lone.node.register(RegisterAgent(name: name), as: .agent) }
        try await push(
            lone, "quiet", when: "content.contains('LOUD')",
            "\n  effect: transform\n  transform: {content: \"content.lowerAscii()\"}")
        try await push(
            lone, "elsewhere", when: "content.contains('reroute')",
            "\n  effect: transform\n  transform: {path: \"'x'\"}")
        let caller = Caller(role: .agent, agent: "ava")
        #expect(try await lone.node.send(SendMessage(to: ["bo"], text: "so LOUD"), as: caller).text == "so loud")
        let sent = try lone.node.messageIndex.all().count
        let error = await #expect(throws: HiveError.self) {
            try await lone.node.send(SendMessage(to: ["bo"], text: "reroute this"), as: caller)
        }
        #expect(error?.code == .denied && error?.message.contains("elsewhere") == true)
        #expect(try lone.node.messageIndex.all().count == sent)
    }

    @Test("`name@node` is the agent of that name at the node, even where another one calls itself so")
    func impostor() async throws {
        let lone = try LoneNode()
        for name in ["bo", "bo@lone"] { _ = try await lone.node.register(RegisterAgent(name: name), as: .agent) }
        let caller = Caller(role: .agent, agent: "ava")
        let exact = try await lone.node.send(SendMessage(to: ["bo@lone"], text: "x"), as: caller)
        #expect(exact.to == ["bo@lone"])
        let other = try await lone.node.send(SendMessage(to: ["bo@lone@lone"], text: "x"), as: caller)
        #expect(other.to == ["bo@lone@lone"])
        #expect(try await lone.node.agent("bo@lone", as: .agent).name == "bo")
    }

    @Test("Rules see whom it is for, how urgent it is, and who sends it; a warning comes with the answer")
    func warning() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "bo"), as: .agent)
        try await push(
            lone, "calm", when: "args.priority == 'urgent' && 'bo@lone' in to && agent.name == 'ava'",
            "\n  effect: warn\n  message: \"'is it that urgent?'\"")
        let caller = Caller(role: .agent, agent: "ava")
        let urgent = SendMessage(to: ["bo"], text: "x", priority: "urgent")
        #expect(try await lone.node.send(urgent, as: caller).warnings == ["is it that urgent?"])
        let calm = SendMessage(to: ["bo"], text: "x", priority: "low")
        #expect(try await lone.node.send(calm, as: caller).warnings.isEmpty)
    }
}
