import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Both sides of a partition: A is the home.
@Suite(.timeLimit(.minutes(2))) struct TaskPartitionTests {
    private func delegated(in trio: TaskTrio, lease: Int = 60) async throws -> String {
        let request = DelegateTask(title: "Renew it", choice: "anyone", leaseSeconds: lease, agent: "cleo")
        let id = try await trio.a.delegate(request, as: .agent).id
        try await trio.meet([trio.a, trio.b, trio.c])
        return id
    }

    private func claim(_ id: String, _ agent: String, at node: Node, optimistic: Bool = false) async throws -> TaskClaim
    {
        let request = ClaimTask(agent: agent, optimistic: optimistic, waitSeconds: 0)
        return try await node.claimTask(id, with: request, as: .agent).claim
    }

    @Test("A claim from elsewhere waits for the home, asking again is the same claim, and the answer comes")
    func waits() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        let first = try await claim(id, "bob", at: trio.b)
        #expect(first.state == "waiting" && first.fence == nil)
        #expect(try await claim(id, "bob", at: trio.b).id == first.id)
        try await trio.meet([trio.a, trio.b])
        let granted = try await claim(id, "bob", at: trio.b)
        #expect(
            granted.state == "granted" && granted.id == first.id && granted.node == trio.b.identity.node.description)
        let done = CompleteTask(agent: "bob", fence: granted.fence, result: "ok", waitSeconds: 0)
        let handedIn = try await trio.b.completeTask(id, with: done, as: .agent)
        #expect(handedIn.status == "claimed", "the home has not accepted it yet")
        try await trio.meet([trio.a, trio.b, trio.c])
        for node in [trio.a, trio.b, trio.c] {
            let task = try await node.task(id, as: .agent)
            #expect(task.status == "completed" && task.result == "ok")
        }
    }

    @Test("Two sides claim at once: one is granted, the other one refused and told so")
    func twoSides() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        _ = try await claim(id, "bob", at: trio.b)
        _ = try await claim(id, "cora", at: trio.c)
        try await trio.meet([trio.a, trio.c])
        try await trio.meet([trio.a, trio.b, trio.c])
        #expect(try await claim(id, "cora", at: trio.c).state == "granted")
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(id, "bob", at: trio.b) }
    }

    @Test(
        "Optimistic claims on both sides of a partition may both run, and one result is accepted: the home's holder's")
    func optimistic() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        let far = try await claim(id, "bob", at: trio.b, optimistic: true)
        #expect(far.state == "optimistic" && far.fence == nil)
        let farDone = CompleteTask(agent: "bob", claim: far.id, result: "bob's", waitSeconds: 0)
        _ = try await trio.b.completeTask(id, with: farDone, as: .agent)
        #expect(try await claim(id, "ava", at: trio.a).state == "granted")
        try await trio.meet([trio.a, trio.b, trio.c])
        for node in [trio.a, trio.b, trio.c] {
            let task = try await node.task(id, as: .agent)
            #expect(task.status == "claimed" && task.claim?.agent == "ava")
            #expect(task.history.first { $0.text == "bob's" }?.standing == "refused", "kept as evidence")
        }
        let done = try await trio.a.completeTask(id, with: CompleteTask(agent: "ava", result: "ava's"), as: .agent)
        #expect(done.result == "ava's")
    }

    @Test("An optimistic result that reaches the home before anybody else's claim is accepted")
    func optimisticFirst() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        let far = try await claim(id, "bob", at: trio.b, optimistic: true)
        let done = CompleteTask(agent: "bob", claim: far.id, result: "bob's", waitSeconds: 0)
        _ = try await trio.b.completeTask(id, with: done, as: .agent)
        try await trio.meet([trio.b, trio.c])
        #expect(try await trio.c.task(id, as: .agent).status == "open", "only the home accepts")
        try await trio.meet([trio.a, trio.b, trio.c])
        #expect(try await trio.a.task(id, as: .agent).result == "bob's")
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(id, "cora", at: trio.c) }
    }

    @Test("A holder beyond the partition loses its lease; what it hands in later is refused everywhere")
    func lostHolder() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        _ = try await claim(id, "bob", at: trio.b)
        try await trio.meet([trio.a, trio.b, trio.c])
        trio.advance(seconds: 61)
        try await trio.a.keepTasks()
        #expect(try await claim(id, "ava", at: trio.a).state == "granted")
        let late = CompleteTask(agent: "bob", result: "late", waitSeconds: 0)
        #expect(try await trio.b.completeTask(id, with: late, as: .agent).status == "claimed", "B does not know yet")
        try await trio.meet([trio.a, trio.b, trio.c])
        await #expect(throws: HiveError(.fenced, "")) {
            try await trio.b.reportProgress(id, with: ReportProgress(agent: "bob"), as: .agent)
        }
        _ = try await trio.a.completeTask(id, with: CompleteTask(agent: "ava", result: "right"), as: .agent)
        try await trio.meet([trio.a, trio.b, trio.c])
        for node in [trio.a, trio.b, trio.c] {
            let task = try await node.task(id, as: .agent)
            #expect(task.result == "right" && task.history.first { $0.text == "late" }?.standing == "refused")
        }
    }

    @Test("Progress from beyond renews the lease when it arrives, and is written seldom")
    func remoteProgress() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        _ = try await claim(id, "bob", at: trio.b)
        try await trio.meet([trio.a, trio.b])
        for percent in 1...20 {
            trio.advance(seconds: 10)
            _ = try await trio.b.reportProgress(id, with: ReportProgress(agent: "bob", percent: percent), as: .agent)
            try await trio.meet([trio.a, trio.b])
            try await trio.a.keepTasks()
        }
        let task = try await trio.a.task(id, as: .agent)
        #expect(task.status == "in_progress" && task.claim?.agent == "bob")
        #expect((8...12).contains(task.history.count { $0.act == "progress" }), "one for each third of the lease")
    }

    @Test("A steward takes over a task whose home is gone; what the home rules meanwhile counts for nothing")
    func adoption() async throws {
        let trio = try await TaskTrio.make()
        let id = try await delegated(in: trio)
        await #expect(throws: HiveError(.forbidden, "")) { try await trio.b.adoptTask(id, as: .agent) }
        let adopted = try await trio.b.adoptTask(id, as: .operator)
        #expect(adopted.home == trio.b.identity.node.description && adopted.status == "open")
        #expect(try await claim(id, "ava", at: trio.a).state == "granted", "A has not heard of it")
        #expect(try await claim(id, "bob", at: trio.b).state == "granted")
        try await trio.meet([trio.a, trio.b, trio.c])
        for node in [trio.a, trio.b, trio.c] {
            let task = try await node.task(id, as: .agent)
            #expect(task.claim?.agent == "bob")
            #expect(task.history.contains { $0.act == "grant" && $0.agent == "ava" && $0.standing == "void" })
        }
        await #expect(throws: HiveError(.claimRefused, "")) {
            try await trio.a.completeTask(id, with: CompleteTask(agent: "cleo"), as: .agent)
        }
    }
}
