import HiveAPI
import HiveCore
import HiveSync
import Synchronization
import Testing

@testable import HiveNode

@Suite struct HealthTests {
    private func check(_ id: String, of node: LoneNode) async -> HealthCheck? {
        await node.node.health().checks.first { $0.id == id }
    }

    @Test("A disk that is nearly full degrades the node, and a metric says how full it is")
    func disk() async throws {
        let room = Mutex(DiskRoom(free: 2 << 30, total: 4 << 30))
        let lone = try LoneNode(surround: { surroundings in
            surroundings.room = { room.withLock { $0 } }
            surroundings.usage = { ["disk_free": room.withLock { $0.free }] }
        })
        #expect(await check("disk", of: lone)?.state == .ok)
        #expect(await lone.node.health().status == .ok)
        room.withLock { $0 = DiskRoom(free: 100 << 20, total: 4 << 30) }
        let found = try #require(await check("disk", of: lone))
        #expect(found.state == .warning && found.message.contains("100 MiB") && found.advice != nil)
        #expect(await lone.node.health().status == .degraded)
        let metrics = await lone.node.metrics()
        #expect(metrics.first { $0.name == "agent_resource_usage_bytes" }?.value == Double(100 << 20))
        #expect(metrics.first { $0.name == "hive_health" }?.value == 1)
    }

    @Test("Scopes for tasks, agents and messages that this node does not hold are named")
    func unheld() async throws {
        let lone = try LoneNode {
            $0.tasks.scope = ScopeName("collective:work") ?? .main
            $0.agents.scope = ScopeName("collective:staff") ?? .main
        }
        let messages = await lone.node.health().checks.filter { $0.state == .warning }.map(\.message)
        for (what, scope) in [("tasks", "collective:work"), ("agents and messages", "collective:staff")] {
            #expect(messages.contains { $0.contains("\(what) go to `\(scope)`") }, "\(what): \(messages)")
        }
    }

    @Test("The store is checked when it is time, and what was found is told until it is well again")
    func scrubbing() async throws {
        let problems = Mutex(["page 7 is torn", "and another"])
        let lone = try LoneNode(inspect: { problems.withLock { $0 } })
        try await lone.node.scrubIfDue()
        #expect(await check("scrub", of: lone) == nil, "the first one waits for an interval")
        lone.advance(seconds: 7 * 86_400 - 1)
        try await lone.node.scrubIfDue()
        #expect(await check("scrub", of: lone) == nil)
        lone.advance(seconds: 1)
        try await lone.node.scrubIfDue()
        let found = try #require(await check("scrub", of: lone))
        #expect(found.state == .warning && found.message.contains("page 7 is torn, and 1 more"))
        problems.withLock { $0 = [] }
        try await lone.node.scrubIfDue()
        #expect(await check("scrub", of: lone)?.state == .warning, "it is not time yet")
        lone.advance(seconds: 7 * 86_400)
        try await lone.node.scrubIfDue()
        #expect(await check("scrub", of: lone)?.state == .ok)
    }

    @Test("A peer that is silent for long is told, one that just went is not")
    func silence() async throws {
        let lone = try LoneNode(adjust: { $0.health.peerSilence = 3600 })
        let peer = try #require(PublicKey(bytes: Array(repeating: 9, count: 32)))
        try await lone.node.kernel.write {
            try PeerRecord(key: peer, name: "cellar", address: "").save(in: $0.transaction)
        }
        #expect(await check("peers", of: lone)?.state == .ok)
        lone.advance(seconds: 3600)
        #expect(await check("peers", of: lone)?.message.contains("`cellar` was not heard for 1 hours") == true)
        lone.node.sync.board.connected(peer.nodeID)
        #expect(await check("peers", of: lone)?.state == .ok)
        lone.node.sync.board.faulted(peer.nodeID, code: "malformed_message")
        #expect(await check("peers", of: lone)?.message.contains("malformed_message 1 times") == true)
    }

    @Test("A trace is named by its operation, the same by whoever holds it")
    func traces() throws {
        let log = LogID(Digest.sha256(domain: "test", [1]))
        let root = try #require(OperationTrace.root(of: Dot(log: log, number: 7)))
        #expect(root == OperationTrace.root(of: Dot(log: log, number: 7)))
        #expect(root.trace != OperationTrace.root(of: Dot(log: log, number: 8))?.trace)
        let other = LogID(Digest.sha256(domain: "test", [2]))
        #expect(root.trace != OperationTrace.root(of: Dot(log: other, number: 7))?.trace)
    }

    @Test("A histogram counts what lies below each bound, and all")
    func histogram() {
        var histogram = Histogram(bounds: [1, 5])
        for value in [0.5, 1, 3, 9] { histogram.record(value) }
        let samples = histogram.samples("x", help: "X.")
        #expect(samples.map(\.value) == [2, 3, 4, 13.5, 4])
        #expect(samples.compactMap { $0.labels["le"] } == ["1.0", "5.0", "+Inf"])
        #expect(samples.map(\.suffix) == ["_bucket", "_bucket", "_bucket", "_sum", "_count"])
    }
}
