import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Messages between agents of one node.
@Suite(.timeLimit(.minutes(2))) struct MessageTests {
    private func caller(_ name: String) -> Caller { Caller(role: .agent, agent: name) }

    private func node(_ names: String...) async throws -> LoneNode {
        let lone = try LoneNode()
        for name in names { _ = try await lone.node.register(RegisterAgent(name: name), as: caller(name)) }
        return lone
    }

    private func inbox(_ lone: LoneNode, _ name: String, unread: Bool = false) async throws -> [MessageRecord] {
        lone.advance(seconds: 1)
        return try await lone.node.messages(MessageQuery(unread: unread), as: caller(name)).items
    }

    @Test("What is told is in one inbox, unread until it is marked, and the sender sees that it was read")
    func tell() async throws {
        let lone = try await node("ava", "bo", "cy")
        let sent = try await lone.node.send(SendMessage(to: ["bo"], text: "the build is red"), as: caller("ava"))
        #expect(sent.kind == "tell" && sent.to == ["bo@lone"] && sent.sender == "ava@lone")
        #expect(sent.scope == "collective:main" && sent.receipts.map(\.state) == ["delivered"])
        #expect(try await inbox(lone, "cy").isEmpty)
        let got = try await inbox(lone, "bo")
        #expect(got.map(\.text) == ["the build is red"] && got.first?.read == false)
        #expect(try await lone.node.mark(MarkMessages(ids: [sent.id]), as: caller("bo")).marked == 1)
        #expect(try await lone.node.mark(MarkMessages(ids: [sent.id]), as: caller("bo")).marked == 0)
        #expect(try await inbox(lone, "bo", unread: true).isEmpty)
        #expect(try await inbox(lone, "bo").first?.read == true)
        let seen = try await lone.node.message(sent.id, as: caller("ava"))
        #expect(seen.receipts.map(\.state) == ["read"] && seen.receipts.map(\.agent) == ["bo"])
        let out = try await lone.node.messages(MessageQuery(box: "sent"), as: caller("ava")).items
        #expect(out.map(\.id) == [sent.id])
    }

    @Test("The most urgent comes first, then the newest")
    func priority() async throws {
        let lone = try await node("ava", "bo")
        for (text, priority) in [("a", "low"), ("b", "urgent"), ("c", "normal"), ("d", "high"), ("e", "urgent")] {
            lone.advance(seconds: 1)
            _ = try await lone.node.send(SendMessage(to: ["bo"], text: text, priority: priority), as: caller("ava"))
        }
        #expect(try await inbox(lone, "bo").map(\.text) == ["e", "b", "d", "c", "a"])
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.send(SendMessage(to: ["bo"], text: "x", priority: "utmost"), as: caller("ava"))
        }
    }

    @Test("A broadcast reaches all, those of a role, those of a capability, and not its sender")
    func broadcast() async throws {
        let lone = try await node("ava")
        for (name, role, word) in [("bo", "builder", "planning"), ("cy", "reviewer", "planning"), ("di", "x", "y")] {
            var request = RegisterAgent(name: name, role: role)
            request.capabilities.cognitive = [word]
            _ = try await lone.node.register(request, as: caller(name))
        }
        for (to, readers) in [
            ("all", ["bo", "cy", "di"]), ("role:builder", ["bo"]), ("capability:planning", ["bo", "cy"]),
            ("role:nobody", []),
        ] {
            let sent = try await lone.node.send(SendMessage(to: [to], text: to), as: caller("ava"))
            #expect(sent.kind == "broadcast")
            for name in ["ava", "bo", "cy", "di"] {
                let got = try await inbox(lone, name).contains { $0.id == sent.id }
                #expect(got == readers.contains(name), "\(to) \(name)")
            }
        }
    }

    @Test("An answer goes to whoever asked, in the thread and the scope of the question")
    func answers() async throws {
        let lone = try await node("ava", "bo")
        let request = SendMessage(to: ["bo"], text: "ready?", scope: "universal")
        let question = try await lone.node.send(request, as: caller("ava"))
        let answer = try await lone.node.send(
            SendMessage(text: "yes", inReplyTo: question.id), as: caller("bo"))
        #expect(answer.kind == "answer" && answer.to == ["ava@lone"])
        #expect(answer.thread == question.id && answer.scope == "universal")
        let again = try await lone.node.send(SendMessage(text: "good", inReplyTo: answer.id), as: caller("ava"))
        #expect(again.thread == question.id && again.to == ["bo@lone"])
        lone.advance(seconds: 1)
        let thread = try await lone.node.messages(MessageQuery(thread: answer.id), as: caller("ava")).items
        #expect(thread.map(\.text) == ["ready?", "yes", "good"])
        #expect(try await lone.node.message(question.id, as: caller("ava")).answers == 1)
    }

    @Test("Whoever asks gets the answer while it waits")
    func ask() async throws {
        let lone = try await node("ava", "bo")
        async let answer = lone.node.ask(AskAgent(to: "bo", text: "ready?", timeout: 60), as: caller("ava"))
        let waiting = try await lone.node.messages(MessageQuery(wait: 60), as: caller("bo")).items
        #expect(waiting.map(\.kind) == ["ask"] && waiting.first?.deadline != nil)
        _ = try await lone.node.send(SendMessage(text: "yes", inReplyTo: waiting[0].id), as: caller("bo"))
        let got = try await answer
        #expect(got.answered && got.answer?.text == "yes" && got.question.answers == 1)
    }

    @Test("That nobody answered is an answer; the question stays and can be answered later")
    func timeout() async throws {
        let lone = try await node("ava", "bo")
        let got = try await lone.node.ask(AskAgent(to: "bo", text: "ready?", timeout: 1), as: caller("ava"))
        #expect(!got.answered && got.answer == nil && got.note?.contains("nobody answered") == true)
        _ = try await lone.node.send(SendMessage(text: "late", inReplyTo: got.question.id), as: caller("bo"))
        #expect(try await inbox(lone, "ava").map(\.text) == ["late"])
    }

    @Test("What has expired is in no inbox, answers no question, and its bytes go")
    func expiry() async throws {
        let lone = try await node("ava", "bo")
        let request = SendMessage(to: ["bo"], text: "a word that goes", expiresIn: 60)
        let sent = try await lone.node.send(request, as: caller("ava"))
        _ = try await lone.node.mark(MarkMessages(ids: [sent.id]), as: caller("bo"))
        lone.advance(seconds: 61)
        #expect(try await inbox(lone, "bo").isEmpty)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.send(SendMessage(text: "x", inReplyTo: sent.id), as: caller("bo"))
        }
        try await Postman(node: lone.node, logger: lone.node.logger).prune()
        try await lone.node.purge()
        try lone.node.kernel.read { transaction in
            for row in try transaction.logs.rows(.all) {
                for operation in try transaction.logs.operations(.range(row.id, from: 1, through: row.size)) {
                    #expect(operation.body?.bytes.contains(Array("a word that goes".utf8)) != true)
                }
            }
            #expect(try transaction.local.count(in: "messages-read") == 0)
        }
        #expect(try lone.node.messageIndex.all().isEmpty)
    }

    @Test("A request under one key is sent once")
    func idempotency() async throws {
        let lone = try await node("ava", "bo")
        let request = SendMessage(to: ["bo"], text: "once", idempotencyKey: "k")
        let first = try await lone.node.send(request, as: caller("ava"))
        #expect(try await lone.node.send(request, as: caller("ava")).id == first.id)
        #expect(try await inbox(lone, "bo").count == 1)
        var other = request
        other.text = "twice"
        await #expect(throws: HiveError(.keyReused, "")) { try await lone.node.send(other, as: caller("ava")) }
    }

    @Test("Nobody reads another's mail but an operator")
    func privacy() async throws {
        let lone = try await node("ava", "bo", "eve")
        let sent = try await lone.node.send(SendMessage(to: ["bo"], text: "secret"), as: caller("ava"))
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.message(sent.id, as: caller("eve"))
        }
        for query in [MessageQuery(agent: "bo"), MessageQuery(box: "all")] {
            await #expect(throws: HiveError(.forbidden, "")) {
                try await lone.node.messages(query, as: caller("eve"))
            }
        }
        let thread = try await lone.node.messages(MessageQuery(thread: sent.id), as: caller("eve"))
        #expect(thread.items.isEmpty)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.mark(MarkMessages(ids: [sent.id]), as: caller("eve"))
        }
        let all = try await lone.node.messages(MessageQuery(box: "all"), as: .operator)
        #expect(all.items.map(\.text) == ["secret"])
    }

    @Test("What nobody could deliver is refused: unknown names, the retired, empty and oversized texts")
    func refusals() async throws {
        let lone = try await node("ava", "bo")
        _ = try await lone.node.change("bo", .retire, ChangeAgent(), as: .operator)
        let wrong: [(SendMessage, HiveError.Code)] = [
            (SendMessage(to: ["nobody"], text: "x"), .notFound), (SendMessage(to: [], text: "x"), .invalidInput),
            (SendMessage(to: ["bo"], text: "x"), .illegalTransition),
            (SendMessage(to: ["ava"], text: " "), .invalidInput),
            (SendMessage(to: ["ava"], text: String(repeating: "x", count: 32_769)), .tooLarge),
            (SendMessage(to: ["ava"], text: "x", expiresIn: 0), .invalidInput),
            (SendMessage(to: ["ava"], text: "x", inReplyTo: "ffff"), .notFound),
            (SendMessage(to: ["role:"], text: "x"), .invalidInput),
            (SendMessage(to: ["ava"], text: "x", scope: "collective:none"), .unknownScope),
        ]
        for (request, code) in wrong {
            await #expect(throws: HiveError(code, "")) { try await lone.node.send(request, as: caller("ava")) }
        }
        #expect(try lone.node.messageIndex.all().isEmpty)
    }

    @Test("A message to an agent with a scope of its own goes there")
    func ownScope() async throws {
        let lone = try await node("ava", "bo")
        let memory = StoreMemory(content: "mine", scope: "agent:bo")
        _ = try await lone.node.store(memory, as: caller("bo"))
        let sent = try await lone.node.send(SendMessage(to: ["bo"], text: "hello"), as: caller("ava"))
        #expect(sent.scope == "agent:bo")
        #expect(try await inbox(lone, "bo").map(\.text) == ["hello"])
    }

    @Test("A finding is a memory and a message, urgent as it is severe")
    func discovery() async throws {
        let lone = try await node("ava", "bo", "cy")
        let finding = ShareDiscovery(
            content: "envoy 1.31 drops h2c", category: "infrastructure", severity: "critical", tags: ["envoy"])
        let shared = try await lone.node.share(finding, as: caller("ava"))
        #expect(shared.interested == 2)
        let memory = try await lone.node.memory(shared.memory, as: .agent)
        #expect(memory.tags == ["critical", "envoy"] && memory.author.agent == "ava")
        let got = try await inbox(lone, "bo")
        #expect(got.map(\.memory) == [shared.memory] && got.first?.priority == "urgent")
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.share(ShareDiscovery(content: "x", severity: "dire"), as: caller("ava"))
        }
    }
}
