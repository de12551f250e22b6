import HiveAPI
import HiveCore
import HiveStore
import HiveTesting
import Testing

@testable import HiveNode

/// Counts over all memories, the same from both stores.
@Suite struct StatisticsTests {
    @Test("Everything is counted once, and what is hidden apart", arguments: [false, true])
    func counts(onDisk: Bool) async throws {
        let folder = try Folder()
        let store: any Store = onDisk ? try SQLiteStore(path: folder.path + "/hive.db") : InMemoryStore()
        let lone = try LoneNode(embedder: WordHashEmbedder(), store: store)
        try await lone.store("one two") { $0.agent = "ann" }
        let second = try await lone.store("three") {
            $0.category = "ops"
            $0.kind = "episodic"
        }
        try await lone.store("soon gone") { $0.expiresIn = 5 }
        let forgotten = try await lone.store("forgotten")
        let erased = try await lone.store("erased")
        let contested = try await lone.store("x")
        let version = try await lone.node.memory(contested, as: .agent).version
        for text in ["y", "zz"] {
            _ = try await lone.node.update(
                contested, with: UpdateMemory(content: text, status: .set("verified"), version: version), as: .agent)
        }
        _ = try await lone.node.remove(forgotten, RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.remove(erased, RemoveMemory(mode: .erase, now: true), as: .operator)
        lone.advance(seconds: 60)
        let counts = try await lone.node.memoryStatistics(as: .agent)
        #expect(counts.memories == 3)
        #expect(counts.byKind == ["semantic": 2, "episodic": 1])
        #expect(counts.byScope == ["collective:main": 2, "instance": 1])
        #expect(counts.byCategory == ["-": 2, "ops": 1])
        #expect(counts.byAgent == ["-": 2, "ann": 1])
        #expect(counts.byStatus == ["-": 2, "verified": 1])
        #expect(counts.contested == 1 && counts.forgotten == 1 && counts.erased == 1 && counts.expired == 1)
        #expect(counts.archived == 0 && counts.textBytes == 7 + 5 + 9 + 2)
        let next = try await lone.node.memory(second, as: .agent).createdAt
        #expect(counts.unseen > 0 && counts.oldest == next.before)
        try await lone.node.meaning?.catchUp()
        #expect(try await lone.node.memoryStatistics(as: .agent).unseen == 0)
    }
}

extension String {
    /// A second before a time of the test's clock.
    fileprivate var before: String? {
        Timestamp(rfc3339: self).map { $0.advanced(bySeconds: -1).rfc3339 }
    }
}
