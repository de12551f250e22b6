import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Nodes that acknowledge, seal, prune and retire by themselves.
@Suite(.timeLimit(.minutes(2))) struct SealKeepingTests {
    private var policy: SealPolicy {
        var policy = SealPolicy()
        policy.isAutomatic = true
        policy.hold = 100
        return policy
    }

    private func round(_ trio: TaskTrio, _ nodes: [Node], by policy: SealPolicy) async throws {
        for node in nodes { try await node.keepSeals(by: policy) }
        try await trio.meet(nodes)
    }

    @Test("What all acknowledged is sealed, and what was replaced below goes where a retention says so")
    func sealing() async throws {
        let trio = try await TaskTrio.make()
        let all = [trio.a, trio.b, trio.c]
        let memory = try await trio.a.store(StoreMemory(content: "one", scope: "collective:main"), as: .agent).memory
        for text in ["two", "three"] {
            _ = try await trio.a.update(memory.id, with: UpdateMemory(content: text), as: .agent)
        }
        try await trio.meet(all)
        try await round(trio, all, by: policy)
        trio.advance(seconds: 101)
        try await round(trio, all, by: policy)
        for _ in 0..<2 { try await round(trio, all, by: policy) }
        let report = try #require(
            try await trio.a.status(as: .operator).seals.first { $0.scope == "collective:main" })
        #expect(report.sealed > 0 && report.until != nil)
        var pruning = policy
        pruning.retention = [.semantic: 1]
        trio.advance(seconds: 200)
        try await trio.a.keepSeals(by: pruning)
        #expect(trio.a.counters["operations_pruned"] >= 1)
        #expect(try await trio.a.verify(rebuild: false, as: .operator).problems == [])
        #expect(try await trio.a.memory(memory.id, as: .agent).content == "three")
    }

    @Test("A node that was retired by hand is named, waited for no more, and says by itself that it is back")
    func retiring() async throws {
        let trio = try await TaskTrio.make()
        let answer = try await trio.a.retire("c", RetirePeer(), as: .operator)
        #expect(answer.retired && answer.scopes.contains("collective:main"))
        let status = try await trio.a.status(as: .operator)
        #expect(status.seals.first { $0.scope == "collective:main" }?.retired == ["c"])
        try await trio.meet([trio.a, trio.b, trio.c])
        try await trio.c.keepSeals(by: SealPolicy())
        try await trio.meet([trio.a, trio.b, trio.c])
        #expect(try await trio.a.status(as: .operator).seals.allSatisfy { $0.retired.isEmpty })
        await #expect(throws: HiveError.self) { try await trio.a.retire("nobody", RetirePeer(), as: .operator) }
    }

    @Test("A steward retires who was not heard of for longer than it was told to wait, and nobody else")
    func absentees() async throws {
        let trio = try await TaskTrio.make()
        var policy = SealPolicy()
        policy.retireAfter = 1000
        trio.advance(seconds: 900)
        try await round(trio, [trio.a, trio.b], by: policy)
        #expect(try await trio.a.status(as: .operator).seals.allSatisfy { $0.retired.isEmpty })
        trio.advance(seconds: 200)
        try await trio.b.keepSeals(by: SealPolicy())
        try await trio.meet([trio.a, trio.b])
        try await trio.a.keepSeals(by: policy)
        let reports = try await trio.a.status(as: .operator).seals
        #expect(reports.contains { $0.retired == ["c"] })
        #expect(!reports.contains { $0.retired.contains("b") })
    }

    @Test("Acknowledgements are rare: by the hour, or by the thousand")
    func rarely() {
        let (clock, policy) = (SealClock(), SealPolicy())
        #expect(!clock.isDue(now: 0, operations: 5000, policy))
        #expect(!clock.isDue(now: 3_599_000, operations: 5999, policy))
        #expect(clock.isDue(now: 3_600_000, operations: 5999, policy))
        #expect(!clock.isDue(now: 3_600_000, operations: 6998, policy))
        #expect(clock.isDue(now: 3_600_001, operations: 6999, policy))
    }
}
