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
}
