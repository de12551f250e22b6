import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Tasks and the roster know of each other.
@Suite struct TaskRosterTests {
    private let lone: LoneNode
    private var node: Node { lone.node }

    init() throws { lone = try LoneNode() }

    private func register(_ name: String, _ capabilities: [String]) async throws {
        let caller = Caller(role: .agent, agent: name)
        var request = RegisterAgent(name: name)
        request.capabilities = AgentCapabilities(cognitive: capabilities)
        _ = try await node.register(request, as: caller)
        _ = try await node.heartbeat(name, AgentHeartbeat(), as: caller)
    }

    @Test("A task is offered to the registered agent that can do it, and its completion shows who knows")
    func together() async throws {
        try await register("ava", ["tls"])
        try await register("bob", ["sql"])
        let offered = try await node.delegate(
            DelegateTask(title: "Renew the certificate of web", capabilities: ["tls"], agent: "cleo"), as: .agent)
        #expect(offered.status == "assigned" && offered.assignee == "ava")
        #expect(offered.judgements.first { $0.agent == "bob" }?.obstacle == "lacks tls")
        let claimed = try await node.claimTask(offered.id, with: ClaimTask(agent: "ava"), as: .agent)
        let fence = try #require(claimed.claim.fence)
        _ = try await node.completeTask(
            offered.id, with: CompleteTask(agent: "ava", fence: fence, result: "renewed"), as: .agent)
        let answer = try await node.whoKnows(KnowledgeQuery(q: "certificate web"), as: .agent)
        #expect(answer.experts.first?.agent == "ava")
        #expect(answer.experts.first?.evidence.contains { $0.kind == "task" && $0.id == offered.id } == true)
    }

    @Test("An agent that was not heard of for long is not offered anything")
    func silent() async throws {
        try await register("ava", ["tls"])
        lone.advance(seconds: 30 * 24 * 3600)
        let task = try await node.delegate(
            DelegateTask(title: "Renew it", capabilities: ["tls"], agent: "cleo"), as: .agent)
        #expect(task.status == "open" && task.assignee == nil)
        #expect(task.judgements.first?.obstacle != nil)
    }

    @Test("Whoever is offered a task is told by a message, once; who holds tasks is busier than who holds none")
    func told() async throws {
        try await register("ava", ["tls"])
        let request = DelegateTask(title: "Renew it", capabilities: ["tls"], agent: "cleo")
        let first = try await node.delegate(request, as: .agent)
        try await node.keepTasks()
        let inbox = try await node.messages(MessageQuery(agent: "ava"), as: Caller(role: .agent, agent: "ava"))
        #expect(inbox.items.count == 1 && inbox.items[0].text?.contains("Renew it") == true)
        _ = try await node.claimTask(first.id, with: ClaimTask(agent: "ava"), as: .agent)
        try await register("bob", ["tls"])
        #expect(try await node.delegate(request, as: .agent).assignee == "bob")
    }

    @Test("A heartbeat keeps the tasks of a holder that says nothing of them")
    func heartbeats() async throws {
        try await register("ava", ["tls"])
        var request = DelegateTask(title: "Renew it", to: "ava", leaseSeconds: 60, agent: "cleo")
        request.attempts = 1
        let id = try await node.delegate(request, as: .agent).id
        _ = try await node.claimTask(id, with: ClaimTask(agent: "ava"), as: .agent)
        for _ in 0..<5 {
            lone.advance(seconds: 50)
            _ = try await node.heartbeat("ava", AgentHeartbeat(), as: Caller(role: .agent, agent: "ava"))
            try await node.keepTasks()
        }
        #expect(try await node.task(id, as: .agent).status == "claimed")
        lone.advance(seconds: 61)
        try await node.keepTasks()
        #expect(try await node.task(id, as: .agent).status == "failed")
    }
}
