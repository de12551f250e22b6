import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Leases and offers, where clocks differ and are set.
@Suite(.timeLimit(.minutes(2))) struct TaskClockTests {
    private func delegated(at node: Node, lease: Int = 600) async throws -> String {
        let request = DelegateTask(title: "Renew it", choice: "anyone", leaseSeconds: lease, agent: "cleo")
        return try await node.delegate(request, as: .agent).id
    }

    @Test(
        "A holder keeps its task for as long as the home hears of it, however far its clock is off",
        arguments: [-900 as Int64, -86_400, 240, 86_400])
    func skewedHolder(seconds: Int64) async throws {
        let trio = try await TaskTrio.make()
        trio.setClock(of: "b", ahead: seconds)
        let id = try await delegated(at: trio.a)
        try await trio.meet([trio.a, trio.b])
        _ = try await trio.b.claimTask(id, with: ClaimTask(agent: "bob", waitSeconds: 0), as: .agent)
        try await trio.meet([trio.a, trio.b])
        for _ in 0..<30 {
            trio.advance(seconds: 100)
            _ = try await trio.b.reportProgress(id, with: ReportProgress(agent: "bob", percent: 10), as: .agent)
            try await trio.meet([trio.a, trio.b])
            try await trio.a.keepTasks()
            try await trio.b.keepTasks()
        }
        let task = try await trio.a.task(id, as: .agent)
        #expect(task.status == "in_progress" && task.claim?.agent == "bob" && task.failures == 0)
        let entries = task.history.count { $0.act == "progress" }
        #expect((10...16).contains(entries), "written in each third of the lease and not each time: \(entries)")
        _ = try await trio.b.completeTask(
            id, with: CompleteTask(agent: "bob", result: "ok", waitSeconds: 0), as: .agent)
        try await trio.meet([trio.a, trio.b])
        #expect(try await trio.a.task(id, as: .agent).status == "completed")
    }

    @Test("A holder that is silent loses its task after the lease, whatever its clock says")
    func silentHolder() async throws {
        let trio = try await TaskTrio.make()
        trio.setClock(of: "b", ahead: 86_400)
        let id = try await delegated(at: trio.a)
        try await trio.meet([trio.a, trio.b])
        _ = try await trio.b.claimTask(id, with: ClaimTask(agent: "bob", waitSeconds: 0), as: .agent)
        try await trio.meet([trio.a, trio.b])
        _ = try await trio.b.reportProgress(id, with: ReportProgress(agent: "bob"), as: .agent)
        try await trio.meet([trio.a, trio.b])
        try await trio.a.keepTasks()
        trio.advance(seconds: 601)
        try await trio.a.keepTasks()
        #expect(try await trio.a.task(id, as: .agent).status == "open")
    }

    @Test("A clock of the home that is set forward takes no claim, one that is set back keeps none")
    func steps() async throws {
        let lone = try LoneNode()
        let id = try await delegated(at: lone.node)
        _ = try await lone.node.claimTask(id, with: ClaimTask(agent: "ava"), as: .agent)
        lone.setClock(ahead: 86_400)
        try await lone.node.keepTasks()
        #expect(try await lone.node.task(id, as: .agent).status == "claimed")
        lone.setClock(ahead: -2 * 86_400)
        lone.advance(seconds: 601)
        try await lone.node.keepTasks()
        #expect(try await lone.node.task(id, as: .agent).status == "open")
    }

    @Test("Offers stand for as long as time goes by, and not the clock")
    func offers() async throws {
        let lone = try LoneNode { $0.tasks.offer = 600 }
        for name in ["ava", "bo"] {
            _ = try await lone.node.register(RegisterAgent(name: name), as: Caller(role: .agent, agent: name))
        }
        let task = try await lone.node.delegate(DelegateTask(title: "Renew it", agent: "cleo"), as: .agent)
        let first = try #require(task.assignee)
        try await lone.node.keepTasks()
        lone.setClock(ahead: 86_400)
        try await lone.node.keepTasks()
        #expect(try await lone.node.task(task.id, as: .agent).assignee == first)
        lone.setClock(ahead: -2 * 86_400)
        lone.advance(seconds: 601)
        for name in ["ava", "bo"] {
            _ = try await lone.node.heartbeat(name, AgentHeartbeat(), as: Caller(role: .agent, agent: name))
        }
        try await lone.node.keepTasks()
        #expect(try await lone.node.task(task.id, as: .agent).assignee != first)
    }

    @Test("An agent that was heard is idle after its window, whatever the clock is set to")
    func presence() async throws {
        let lone = try LoneNode()
        let ava = Caller(role: .agent, agent: "ava")
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        lone.setClock(ahead: -3600)
        lone.advance(seconds: 299)
        #expect(try await lone.node.agent("ava", as: ava).state == "active")
        lone.advance(seconds: 2)
        #expect(try await lone.node.agent("ava", as: ava).state == "idle")
    }
}
