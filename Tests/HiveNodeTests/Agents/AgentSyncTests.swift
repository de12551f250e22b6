import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Agents and messages of two nodes that talk over TLS.
@Suite(.timeLimit(.minutes(2))) struct AgentSyncTests {
    private func caller(_ name: String) -> Caller { Caller(role: .agent, agent: name) }

    /// Waits until something holds; the suite's time limit ends what never comes.
    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() {
            try Task.checkCancellation()
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func find(_ name: String, on wired: WiredNode) async throws -> AgentRecord? {
        try await wired.node.agents(AgentQuery(state: nil), as: .agent).items.first { $0.address == name }
    }

    @Test("The roster and heartbeats arrive, and a heartbeat is in no log")
    func roster() async throws {
        try await WiredNode.pair { a, b in
            var request = RegisterAgent(name: "ava", role: "builder")
            request.capabilities.cognitive = ["planning"]
            _ = try await a.node.register(request, as: caller("ava"))
            _ = try await a.node.heartbeat("ava", AgentHeartbeat(load: 0.25, status: "building"), as: caller("ava"))
            try await until { try await find("ava@a", on: b)?.pulse?.status == "building" }
            let seen = try await b.node.agent("ava", as: .agent)
            #expect(seen.state == "active" && seen.role == "builder" && seen.pulse?.load == 0.25 && !seen.claimed)
            await #expect(throws: HiveError(.forbidden, "")) {
                try await b.node.heartbeat("ava", AgentHeartbeat(), as: caller("ava"))
            }
            // The same name on another node is another agent.
            _ = try await b.node.register(RegisterAgent(name: "ava"), as: caller("ava"))
            await #expect(throws: HiveError(.ambiguous, "")) { try await b.node.agent("ava", as: .agent) }
            #expect(try await b.node.agent("ava@a", as: .agent).role == "builder")
            #expect(try await b.node.agent("ava@b", as: .agent).role == nil)
            _ = try await b.node.change("ava@a", .suspend, ChangeAgent(reason: "enough"), as: .operator)
            try await until { try await find("ava@a", on: a)?.state == "suspended" }
        }
    }

    @Test("A question is answered across nodes, and receipts come back")
    func messages() async throws {
        try await WiredNode.pair { a, b in
            _ = try await a.node.register(RegisterAgent(name: "ava"), as: caller("ava"))
            try await until { try await b.node.scopes(as: .agent).items.contains { $0.name == "collective:main" } }
            try await until { !b.node.lawBook.isAwaited }
            _ = try await b.node.register(RegisterAgent(name: "bo"), as: caller("bo"))
            try await until { try await find("bo@b", on: a) != nil }
            async let answer = a.node.ask(AskAgent(to: "bo", text: "ready?", timeout: 60), as: caller("ava"))
            let waiting = try await b.node.messages(MessageQuery(wait: 60), as: caller("bo")).items
            #expect(waiting.map(\.text) == ["ready?"])
            _ = try await b.node.send(SendMessage(text: "yes", inReplyTo: waiting[0].id), as: caller("bo"))
            #expect(try await answer.answer?.text == "yes")
            let told = try await a.node.send(SendMessage(to: ["bo"], text: "thanks"), as: caller("ava"))
            try await until {
                try await a.node.message(told.id, as: caller("ava")).receipts.map(\.state) == ["delivered"]
            }
            _ = try await b.node.mark(MarkMessages(all: true), as: caller("bo"))
            try await until { try await a.node.message(told.id, as: caller("ava")).receipts.map(\.state) == ["read"] }
        }
    }

    @Test("An agent in the instance scope is known on its own node alone, and no word of it is sent")
    func confinement() async throws {
        try await WiredNode.pair { a, b in
            let request = RegisterAgent(name: "periwinkle", role: "thimble", scope: "instance")
            _ = try await a.node.register(request, as: caller("periwinkle"))
            _ = try await a.node.register(RegisterAgent(name: "ava"), as: caller("ava"))
            _ = try await a.node.heartbeat("periwinkle", AgentHeartbeat(status: "quagmire"), as: caller("periwinkle"))
            try await until { try await find("ava@a", on: b)?.state == "active" }
            #expect(try await find("periwinkle@a", on: b) == nil)
            for word in ["periwinkle", "thimble", "quagmire"] {
                #expect(!a.tap.sent.contains { $0.contains(Array(word.utf8)) }, "`\(word)` was sent")
            }
        }
    }
}
