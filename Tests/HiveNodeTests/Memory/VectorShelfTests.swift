import HiveAPI
import HiveCore
import HiveStore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// Vectors of servers are expensive: they are kept, and kept right.
@Suite struct VectorShelfTests {
    private static func kept(_ model: String, in store: any Store) throws -> Int {
        try store.read { try VectorShelf(model: model).count(in: $0) }
    }

    @Test("A restart asks for nothing that was asked before, and finds the same in the same order")
    func restart() async throws {
        let folder = try Folder()
        let (before, after) = (ServedEmbedder(), ServedEmbedder())
        let store = try SQLiteStore(path: folder.path + "/hive.db")
        let first = try LoneNode(embedder: before, store: store) { $0.ranking = .off }
        for number in 0..<30 { try await first.store("rollback \(number) of \(number % 7)") }
        func answers(_ node: LoneNode) async throws -> [String] {
            try await node.search("undo 3 of 5") { $0.limit = 30 }.map { "\($0.memory.id) \($0.score)" }
        }
        let expected = try await answers(first)
        #expect(before.texts.count == 30 && expected.count == 30)
        let second = try LoneNode(embedder: after, store: store) { $0.ranking = .off }
        try second.node.succession?.noteAll()
        #expect(try await answers(second) == expected)
        #expect(after.texts.isEmpty && second.node.meaning?.count == 30)
    }

    @Test("Only a text that changed is embedded again")
    func changes() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder)
        let first = try await lone.store("rollback one")
        try await lone.store("rollback two")
        try await lone.node.meaning?.catchUp()
        _ = try await lone.node.update(first, with: UpdateMemory(content: "rollback three"), as: .agent)
        try await lone.node.meaning?.catchUp()
        #expect(embedder.texts.count == 3 && embedder.texts.last?.contains("three") == true)
        try lone.node.succession?.noteAll()
        try await lone.node.meaning?.catchUp()
        #expect(embedder.texts.count == 3 && lone.node.meaning?.count == 2)
    }

    @Test("What is forgotten or erased leaves the shelf", arguments: [true, false])
    func leaving(isErased: Bool) async throws {
        let store = InMemoryStore()
        let lone = try LoneNode(embedder: ServedEmbedder(), store: store)
        let memory = try await lone.store("rollback")
        try await lone.node.meaning?.catchUp()
        #expect(try Self.kept("ollama/m", in: store) == 1)
        let request = RemoveMemory(mode: isErased ? .erase : .forget, now: isErased)
        _ = try await lone.node.remove(memory, request, as: .operator)
        if isErased { #expect(try Self.kept("ollama/m", in: store) == 0, "at once") }
        try await lone.node.meaning?.catchUp()
        #expect(try Self.kept("ollama/m", in: store) == 0 && lone.node.meaning?.count == 0)
    }

    @Test("A vector of another dimension changes nothing")
    func dimension() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder)
        try await lone.store("rollback one")
        try await lone.node.meaning?.catchUp()
        embedder.state.withLock { $0.dimensions = 32 }
        try await lone.store("rollback two")
        await #expect(throws: StoreError.self) { try await lone.node.meaning?.catchUp() }
        #expect(lone.node.meaning?.count == 1 && lone.node.meaning?.unseen == 1)
        #expect(lone.node.meaning?.problem?.contains("32 components instead of 64") == true)
        let page = try await lone.node.search(MemoryQuery(q: "rollback"), as: .agent)
        #expect(page.items.count == 2 && page.degraded?.contains("32 components instead of 64") == true)
        embedder.state.withLock { $0.dimensions = 64 }
        #expect(try await lone.search("undo").count == 2 && lone.node.meaning?.problem == nil)
    }

    @Test("A text that the server refuses is found by its words, and asked for no more")
    func refused() async throws {
        let embedder = ServedEmbedder()
        let lone = try LoneNode(embedder: embedder)
        try await lone.store("rollback one")
        try await lone.node.meaning?.catchUp()
        embedder.state.withLock { $0.refused = [$0.texts[0].replacing("one", with: "two")] }
        try await lone.store("rollback two")
        #expect(try await lone.search("rollback two").count == 2)
        #expect(lone.node.meaning?.count == 1 && lone.node.meaning?.unseen == 0 && embedder.texts.count == 2)
    }

    @Test("A kept vector is what it was, and other bytes are none")
    func bytes() throws {
        let vector: [Float] = [0.5, -0.25, 0, 0.125]
        let stored = StoredVector(vector, textHash: StoredVector.hash(of: "text"))
        let read = try #require(StoredVector(bytes: stored.bytes))
        #expect(read == stored && read.textHash == StoredVector.hash(of: "text") && read.dimensions == 4)
        #expect(zip(read.vector, vector).allSatisfy { abs($0 - $1) <= 0.5 / 127 })
        #expect(StoredVector(read.vector, textHash: read.textHash).vector == read.vector)
        #expect(StoredVector(bytes: Array(stored.bytes.prefix(20))) == nil && StoredVector(bytes: []) == nil)
        var broken = stored.bytes
        broken.replaceSubrange(16..<20, with: [0, 0, 0xC0, 0x7F])
        #expect(StoredVector(bytes: broken) == nil, "the scale is no number")
    }
}
