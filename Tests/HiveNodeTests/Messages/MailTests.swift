import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Whose mail is whose, and what is written once.
@Suite(.timeLimit(.minutes(2))) struct MailTests {
    private let lone: LoneNode
    private var node: Node { lone.node }

    private func caller(_ name: String) -> Caller { Caller(role: .agent, agent: name) }

    init() async throws {
        lone = try LoneNode { $0.lifecycle.duplicates = .keep }
        for name in ["ava", "bo", "cy"] {
            _ = try await lone.node.register(RegisterAgent(name: name), as: Caller(role: .agent, agent: name))
        }
    }

    @Test("An inbox is read and marked by its agent and by operators, also where a caller does not say who it is")
    func inbox() async throws {
        let sent = try await node.send(SendMessage(to: ["bo"], text: "hello"), as: caller("ava"))
        for other in [Caller.agent, caller("cy")] {
            await #expect(throws: HiveError(.forbidden, "")) {
                try await node.messages(MessageQuery(agent: "bo"), as: other)
            }
            await #expect(throws: HiveError(.forbidden, "")) {
                try await node.mark(MarkMessages(ids: [sent.id], agent: "bo"), as: other)
            }
        }
        #expect(try await node.messages(MessageQuery(agent: "bo"), as: caller("bo")).items.count == 1)
        #expect(try await node.messages(MessageQuery(agent: "bo"), as: .operator).items.count == 1)
    }

    @Test("The answer to a question is what those say who were asked")
    func answers() async throws {
        async let answer = node.ask(AskAgent(to: "bo", text: "ready?", timeout: 60), as: caller("ava"))
        let question = try #require(
            try await node.messages(MessageQuery(wait: 60), as: caller("bo")).items.first)
        for (name, text) in [("cy", "let me guess"), ("bo", "yes")] {
            lone.advance(seconds: 1)
            _ = try await node.send(SendMessage(text: text, inReplyTo: question.id), as: caller(name))
        }
        #expect(try await answer.answer?.text == "yes")
        let nobody = try await node.ask(AskAgent(to: "bo", text: "and now?", timeout: 1), as: caller("ava"))
        #expect(!nobody.answered)
    }

    @Test("A discovery under a key is stored and told once, also where duplicates are kept")
    func discovery() async throws {
        let discovery = ShareDiscovery(content: "envoy drops h2c", idempotencyKey: "1")
        let first = try await node.share(discovery, as: caller("ava"))
        let second = try await node.share(discovery, as: caller("ava"))
        #expect(second.memory == first.memory && second.message.id == first.message.id)
        #expect(try await node.search(MemoryQuery(), as: caller("ava")).items.count == 1)
        #expect(try node.messageIndex.all().count == 1)
        await #expect(throws: HiveError(.keyReused, "")) {
            try await node.share(ShareDiscovery(content: "another", idempotencyKey: "1"), as: caller("ava"))
        }
    }

    @Test("A discovery whose message was lost on the way is told of the memory that was stored")
    func half() async throws {
        var memory = StoreMemory(content: "envoy drops h2c")
        memory.idempotencyKey = "share/memory/1"
        let kept = try await node.store(memory, as: caller("ava")).memory.id
        let shared = try await node.share(
            ShareDiscovery(content: "envoy drops h2c", idempotencyKey: "1"), as: caller("ava"))
        #expect(shared.memory == kept)
        #expect(try await node.search(MemoryQuery(), as: caller("ava")).items.count == 1)
    }

    @Test("Rules are told of the scope that a message will be written in")
    func scope() async throws {
        _ = try await node.createScope(CreateScope(name: "agent:bo"), as: .operator)
        let rule = """
            apiVersion: hive/v1
            kind: Rule
            metadata: {name: quiet}
            spec:
              scope: global
              match: {events: [message.send]}
              when: args.scope == 'agent:bo'
              effect: deny
              message: "'nobody writes to bo'"
            """
        let push = PushRules(sources: [RuleSource(path: "mail/quiet.yaml", text: rule)], set: "mail")
        _ = try await node.push(push, as: .operator)
        await #expect(throws: HiveError(.denied, "")) {
            try await node.send(SendMessage(to: ["bo"], text: "psst"), as: caller("ava"))
        }
        #expect(
            try await node.send(SendMessage(to: ["cy"], text: "psst"), as: caller("ava")).scope == "collective:main")
    }

    @Test("All of a full inbox is marked, some at a time")
    func marking() async throws {
        for number in 0..<300 {
            _ = try await node.send(SendMessage(to: ["bo"], text: "\(number)"), as: caller("ava"))
        }
        let before = node.commits
        #expect(try await node.mark(MarkMessages(all: true), as: caller("bo")).marked == 300)
        #expect(node.commits - before == 2)
        #expect(try await node.messages(MessageQuery(unread: true), as: caller("bo")).items.isEmpty)
    }

    @Test("Whoever waits is told what came since, once, and to look at all where somebody's role changed")
    func news() async throws {
        let index = node.messageIndex
        var seen: Int?
        #expect(try index.news(since: &seen) == nil)
        #expect(try index.news(since: &seen) == [])
        let sent = try await node.send(SendMessage(to: ["bo"], text: "hello"), as: caller("ava"))
        #expect(try index.news(since: &seen)?.map(\.id.description) == [sent.id])
        #expect(try index.news(since: &seen) == [])
        _ = try await node.register(RegisterAgent(name: "bo", role: "operations"), as: caller("bo"))
        // A follower notes the agent once the caller was answered: another write comes after it.
        _ = try await lone.store("something else")
        #expect(try index.news(since: &seen) == nil)
    }
}
