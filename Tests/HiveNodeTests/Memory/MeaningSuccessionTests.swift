import HiveAPI
import HiveCore
import HiveTesting
import Logging
import Synchronization
import Testing

@testable import HiveNode

/// A model follows another without a gap, and a server that is down is missed but never waited for.
@Suite struct MeaningSuccessionTests {
    private static let logger = Logger(label: "test")

    /// A node whose only model was complete and in service.
    private static func settled(_ embedder: ServedEmbedder, _ store: InMemoryStore) async throws -> LoneNode {
        let lone = try LoneNode(embedder: embedder, store: store)
        for number in 0..<5 { try await lone.store("rollback \(number)") }
        try await lone.node.meaning?.catchUp()
        try await lone.node.succession?.succeed(logger: logger)
        return lone
    }

    @Test("The model before serves until the new one is complete")
    func succession() async throws {
        let store = InMemoryStore()
        _ = try await Self.settled(ServedEmbedder("ollama/old"), store)
        let (old, new) = (ServedEmbedder("ollama/old"), ServedEmbedder("ollama/new", dimensions: 96))
        let asked = Mutex<[String?]>([])
        let lone = try LoneNode(
            embedder: new, store: store,
            former: { name in
                asked.withLock { $0.append(name) }
                return old
            })
        #expect(asked.withLock { $0 } == ["ollama/old"])
        let succession = try #require(lone.node.succession)
        try succession.noteAll()
        try await succession.former?.catchUp()
        #expect(succession.former?.count == 5 && old.texts.isEmpty, "from the shelf")
        let page = try await lone.node.search(MemoryQuery(q: "undo", explain: true), as: .agent)
        #expect(page.items.count == 5 && page.degraded == nil)
        #expect(page.items[0].why?["model"] == .string("ollama/old") && old.questions == ["undo"])
        #expect(lone.node.meaningStatus?.former == "ollama/old" && lone.node.meaningStatus?.unseen == 5)
        try await succession.current.catchUp()
        try await succession.succeed(logger: Self.logger)
        #expect(succession.former == nil && new.texts.count == 5)
        let after = try await lone.node.search(MemoryQuery(q: "undo", explain: true), as: .agent)
        #expect(after.items.count == 5 && after.items[0].why?["model"] == .string("ollama/new"))
        let models = try store.read { try VectorShelf.models(in: $0) }
        #expect(models == [.init(name: "ollama/new", dimensions: 96, isInService: true)])
        #expect(try store.read { try VectorShelf(model: "ollama/old").count(in: $0) } == 0)
    }

    @Test("What changes while the model before serves is found by its words, never by what it was")
    func changesMeanwhile() async throws {
        let store = InMemoryStore()
        _ = try await Self.settled(ServedEmbedder("ollama/old"), store)
        let old = ServedEmbedder("ollama/old")
        let lone = try LoneNode(embedder: ServedEmbedder("ollama/new"), store: store, former: { _ in old })
        let succession = try #require(lone.node.succession)
        try succession.noteAll()
        try await succession.former?.catchUp()
        let written = try await lone.store("invoices of june")
        try await succession.former?.catchUp()
        #expect(old.texts.isEmpty && succession.former?.unseen == 0 && succession.former?.count == 5)
        #expect(try await lone.node.search(MemoryQuery(q: "invoices"), as: .agent).items.first?.memory.id == written)
    }

    @Test("Before the first server there was the table; without any the vectors of servers go")
    func table() async throws {
        let store = InMemoryStore()
        let asked = Mutex<[String?]>([])
        let lone = try LoneNode(
            embedder: ServedEmbedder("ollama/m"), store: store,
            former: { name in
                asked.withLock { $0.append(name) }
                return WordHashEmbedder()
            })
        try await lone.store("rollback")
        let succession = try #require(lone.node.succession)
        try await succession.former?.catchUp()
        #expect(asked.withLock { $0 } == [nil] && succession.former?.count == 1)
        try await succession.current.catchUp()
        try await succession.succeed(logger: Self.logger)
        let table = try LoneNode(
            embedder: WordHashEmbedder(), store: store,
            former: { _ in
                Issue.record("nobody came before a table")
                return nil
            })
        try await table.node.succession?.succeed(logger: Self.logger)
        #expect(try store.read { try VectorShelf.models(in: $0) }.isEmpty)
    }

    @Test("While the server is down every write is kept and words are searched, and the answer says so")
    func down() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder) { $0.ranking = .off }
        try await lone.store("rollback one")
        try await lone.node.meaning?.catchUp()
        embedder.state.withLock { $0.isDown = true }
        try await lone.store("rollback two")
        await #expect(throws: ServedEmbedder.Down.self) { try await lone.node.meaning?.catchUp() }
        let page = try await lone.node.search(MemoryQuery(q: "rollback", explain: true), as: .agent)
        #expect(page.items.count == 2 && page.degraded?.contains("the server is down") == true)
        #expect(page.items[0].why?["degraded"] == page.degraded.map(JSONValue.string))
        #expect(
            page.items[0].why?["unseen"] == .integer(1) && page.items[0].why?["fused"] == page.items[0].why?["words"])
        let health = await lone.node.health()
        #expect(health.status == .degraded && health.ready)
        #expect(health.reasons.contains { $0.contains("the server is down") && $0.contains("1 memories await") })
        let samples = await lone.node.metrics()
        func value(_ name: String) -> Double? { samples.first { $0.name == name }?.value }
        #expect(value("agent_ollama_queue_depth") == 1 && value("agent_circuit_breaker_state") == 2)
        #expect(value("hive_searches_degraded_total") == 1)
        embedder.state.withLock { $0.isDown = false }
        #expect(try await lone.search("undo").count == 2)
        #expect(await lone.node.health().status == .ok)
    }

    @Test("It catches up by itself once the server is back", .timeLimit(.minutes(1)))
    func recovery() async throws {
        let embedder = ServedEmbedder()
        embedder.state.withLock { $0.isDown = true }
        let lone = try LoneNode(embedder: embedder)
        try await lone.store("rollback")
        let running = Task { try await lone.node.succession?.run(logger: Self.logger) }
        while lone.node.meaning?.problem == nil { await Task.yield() }
        #expect(lone.node.meaning?.unseen == 1)
        embedder.state.withLock { $0.isDown = false }
        while lone.node.meaning?.count == 0 { await Task.yield() }
        running.cancel()
        #expect(try await lone.search("undo").count == 1)
    }

    @Test("A server without work is asked for a word, so that its absence is known", .timeLimit(.minutes(1)))
    func greeting() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder)
        let running = Task { try await lone.node.succession?.run(logger: Self.logger) }
        while embedder.texts.isEmpty { await Task.yield() }
        running.cancel()
        #expect(embedder.texts == ["hello"] && lone.node.meaning?.count == 0)
    }

    @Test("A question that was asked lately is not sent again")
    func questions() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder)
        try await lone.store("rollback")
        for _ in 0..<3 { #expect(try await lone.search("undo").count == 1) }
        #expect(embedder.questions == ["undo"])
        var recent = RecentQuestions(limit: 2)
        for question in ["a", "b", "a", "c"] {
            if recent.vector(of: question) == nil { recent.remember([1], of: question) }
        }
        #expect(recent.vector(of: "b") == nil && recent.vector(of: "a") != nil && recent.vector(of: "c") != nil)
    }

    @Test("Meaning weighs half with a server, as much as the operator says where that is said", arguments: [nil, 0.25])
    func weight(chosen: Double?) async throws {
        let lone = try LoneNode(embedder: ServedEmbedder(), meaningWeight: chosen) { $0.ranking = .off }
        try await lone.store("kube-proxy restart")
        try await lone.store("something else")
        let hit = try #require(try await lone.search("kube-proxy") { $0.explain = true }.first)
        let (words, meaning) = (hit.why?["words"]?.double ?? 0, hit.why?["meaning"]?.double ?? 0)
        let weight = chosen ?? 0.5
        #expect(words > 0 && meaning > 0 && abs(hit.score - ((1 - weight) * words + weight * meaning)) < 1e-9)
    }
}
