import Foundation
import HiveAPI
import Testing

@Suite struct RecordTests {
    static let memory = Memory(
        id: "m1", kind: "semantic", scope: "collective:main", category: "infra", content: "text", tags: ["a"],
        metadata: ["n": 9_007_199_254_740_993, "deep": ["x": .null]], confidence: 0.5,
        epistemic: Epistemic(status: "observed", verifications: 2), author: Author(agent: "ann", node: "n1"),
        createdAt: "2026-11-21T08:00:00.000Z", updatedAt: "2026-11-21T08:00:01.000Z",
        links: [MemoryLink(relation: "causes", target: "m2")], contested: true, version: "v1")

    static let meaning: MeaningStatus = {
        var status = MeaningStatus(model: "ollama/m", memories: 7, unseen: 3)
        (status.former, status.provider, status.url) = ("table", "ollama", "http://127.0.0.1:1")
        (status.circuits, status.problem) = (["texts": "open"], "it is down")
        (status.requests, status.failures, status.refused) = (5, 4, 1)
        return status
    }()

    /// The form read back, leniently and strictly, is the record.
    private func expectRoundTrip<R: JSONRecord>(_ record: R) throws {
        #expect(try R.lenient(record.json) == record)
        #expect(try R.strict(record.json) == record)
        #expect(try JSONDecoder().decode(R.self, from: JSONEncoder().encode(record)) == record)
        let shape = R.shape.schema["properties"]?.object ?? [:]
        for name in (record.json.object ?? [:]).keys { #expect(shape[name] != nil, "\(R.self).\(name)") }
    }

    @Test("Memories, hits, answers and requests survive their JSON form")
    func memories() throws {
        try expectRoundTrip(Self.memory)
        try expectRoundTrip(MemoryHit(memory: Self.memory, score: 0.25, why: ["text": 1]))
        try expectRoundTrip(MemoryHit(memory: Self.memory, score: 1))
        try expectRoundTrip(MemoryAnswer(memory: Self.memory, basedOn: "v0", created: true))
        try expectRoundTrip(Page(items: [Self.memory], next: "c"))
        try expectRoundTrip(Page(items: [Self.memory], degraded: "not compared by meaning"))
        try expectRoundTrip(
            StoreMemory(
                content: "x", kind: "episodic", scope: "instance", tags: ["t"], metadata: ["k": .null], expiresIn: 5,
                subject: "a", relation: "b", object: "c", singleValued: true,
                links: [MemoryLink(relation: "r", target: "t")], agent: "ann", idempotencyKey: "key"))
        try expectRoundTrip(
            UpdateMemory(
                content: "x", category: .clear, context: .set("c"), confidence: .set(1), addTags: ["a"],
                metadata: ["k": .null], version: "v", requireCurrent: true))
        try expectRoundTrip(RemoveMemory(mode: .erase, now: true, version: "v"))
        try expectRoundTrip(RemovalAnswer(id: "m", mode: .forget, version: "v", hint: "h"))
        try expectRoundTrip(MemoryQuery(q: "x", limit: 5, tag: ["a", "b"], since: "s", semantic: false, explain: true))
        try expectRoundTrip(
            HistoryEntry(
                dot: "l:1", time: "t", author: Author(node: "n"), operation: "updated",
                changes: [FieldWrite(field: "content", value: "x")], version: "v"))
    }

    @Test("Conflicts, peers, rules and states survive their JSON form")
    func others() throws {
        let sibling = ConflictSibling(dot: "d", value: [1], author: Author(node: "n"), at: "t", shown: true)
        try expectRoundTrip(
            Conflict(
                id: "c", memory: "m", kind: "value", field: "content", siblings: [sibling], policy: "newest",
                since: "t"))
        try expectRoundTrip(ResolveConflict(value: ["x": 1], version: "v"))
        try expectRoundTrip(Peer(node: "n", name: "a", role: "writer", state: .connecting, lag: 3, bytesSent: 9))
        try expectRoundTrip(InvitePeer(role: "steward", scopes: ["universal"], expiresIn: 60))
        try expectRoundTrip(Invitation(line: "l", expiresAt: "t", role: "writer", address: "h:1", opened: true))
        try expectRoundTrip(JoinHive(line: "l", reissue: true))
        try expectRoundTrip(JoinAnswer(hive: "h", node: "n", peer: "p", wouldReissue: ["m"], joined: false))
        try expectRoundTrip(SyncReport(peers: ["a"], failed: ["b": "down"], durationMilliseconds: 1.5))
        try expectRoundTrip(SyncStatus(peers: [PeerSync(node: "n", state: .offline, ahead: 1)], lastSync: "t"))
        try expectRoundTrip(SyncEvent(id: "s", time: "t", node: "n", outcome: "ok", durationMilliseconds: 2))
        try expectRoundTrip(PushRules(sources: [RuleSource(path: "p", text: "t")], emergency: true, ttl: 60))
        let problem = RuleProblem(path: "p", line: 1, code: "c", message: "m")
        try expectRoundTrip(PushAnswer(set: "s", version: "1", rules: ["r"], active: false, problems: [problem]))
        let summary = RuleSummary(
            name: "r", version: 1, priority: 5, effect: "deny", enforcement: "warn", enabled: true)
        let version = RuleVersion(version: 1, time: "t", author: Author(node: "n"))
        try expectRoundTrip(RuleDetail(summary: summary, text: "y", history: [version]))
        let health = Health(status: .degraded, reasons: ["slow"])
        try expectRoundTrip(
            NodeStatus(
                node: "n", name: "a", hive: "h", version: "1", startedAt: "t", uptimeSeconds: 1.5, health: health,
                machine: ["system": "linux"], peers: "0.0.0.0:8901", meaning: Self.meaning))
        #expect(Self.meaning.line == "7 memories by ollama/m at http://127.0.0.1:1, 3 awaited, table serves meanwhile")
        try expectRoundTrip(
            ScopeSummary(name: "universal", id: "s", founder: "n", members: [ScopeMember(node: "n", role: "reader")]))
        try expectRoundTrip(VerifyReport(ok: false, problems: ["p"]))
        try expectRoundTrip(
            MetricSample(name: "m", type: .histogram, help: "h", labels: ["le": "1"], value: 1, suffix: "_bucket"))
        try expectRoundTrip(HiveEvent(id: "1", type: "memory.created", time: "t", data: ["id": "m"]))
    }

    @Test("The JSON of a memory has every field of the surface, null where there is none")
    func memoryShape() {
        let fields = [
            "id", "kind", "scope", "category", "content", "context", "tags", "metadata", "confidence", "epistemic",
            "author", "createdAt", "updatedAt", "expiresAt", "links", "contested", "version",
        ]
        #expect(Self.memory.json.object?.keys.sorted() == fields.sorted())
        #expect(Self.memory.json["context"] == .null)
    }

    @Test("Strict reading names the path of what is wrong, lenient reading takes a newer node's fields")
    func paths() throws {
        var json = Self.memory.json.object ?? [:]
        json["links"] = [["relation": "a", "target": 5]]
        #expect(message { try Memory.lenient(.object(json)) } == "`links[0].target` must be a string, not an integer")
        json["links"] = [["relation": "a", "target": "b", "new": 1]]
        #expect(message { try Memory.strict(.object(json)) } == "unknown field `links[0].new`")
        #expect(try Memory.lenient(.object(json)).links.count == 1)
        json["id"] = nil
        #expect(message { try Memory.lenient(.object(json)) } == "the field `id` is missing")
        #expect(
            message { try StoreMemory.strict(["content": "x", "metadata": []]) }
                == "`metadata` must be an object, not an array")
        #expect(message { try RemoveMemory.strict(["mode": "burn"]) } == "`mode` cannot be `burn`")
    }

    @Test("Large whole numbers stay exact")
    func exactIntegers() throws {
        let text = Self.memory.json.text
        #expect(text.contains("9007199254740993"))
        #expect(try Memory.lenient(JSONValue(parsing: text)) == Self.memory)
    }

    private func message<T>(_ body: () throws -> T) -> String {
        do {
            _ = try body()
            return "nothing was thrown"
        } catch {
            return (error as? HiveError)?.message ?? "\(error)"
        }
    }
}
