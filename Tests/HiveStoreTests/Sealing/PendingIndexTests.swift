import HiveCore
import HiveStore
import HiveTesting
import Testing

/// What a write asks of the index of an encrypted store, while its own changes of the index wait for the commit.
@Suite struct PendingIndexTests {
    @Test("Inside of a write an encrypted store finds what a plain one finds", arguments: 1...20)
    func alike(seed: Int) async throws {
        let folder = try TemporaryFolder()
        let keys = InMemoryKeyProvider()
        let cipher = try await StoreCipher.open(path: folder.file("sealed.db"), provider: keys)
        let plain = try SQLiteStore(path: folder.file("plain.db"))
        let sealed = try SQLiteStore(path: folder.file("sealed.db"), protection: .sealed(cipher))
        let expected = try answers(of: plain, seed: UInt64(seed))
        let found = try answers(of: sealed, seed: UInt64(seed))
        #expect(expected == found)
        #expect(expected.contains { !$0.isEmpty })
    }

    /// Changes a few entries, then in another write many, and asks after each change.
    private func answers(of store: SQLiteStore, seed: UInt64) throws -> [[SearchHit]] {
        var random = SeededRandom(seed: seed)
        var answers: [[SearchHit]] = []
        for _ in 0..<2 {
            try store.write { transaction in
                for _ in 0..<12 {
                    try change(transaction.index, &random)
                    answers.append(try transaction.index.search(query(&random)))
                }
            }
        }
        return answers
    }

    private func change(_ index: any SearchIndex, _ random: inout SeededRandom) throws {
        let key = UInt8.random(in: 0..<9, using: &random)
        let address = DocumentAddress(
            scope: ScopeID(.sha256([1])), document: .derived(kind: 34, key: [key], generation: 0))
        guard Int.random(in: 0..<4, using: &random) > 0 else { return try index.remove(address) }
        let updated = Timestamp(milliseconds: Int64.random(in: 0..<50, using: &random))
        var entry = IndexEntry(
            address: address, kind: .semantic, text: "words", created: Timestamp(milliseconds: 0), updated: updated)
        entry.facets = [Facet("colour", ["red", "blue", "green"].randomElement(using: &random) ?? "")]
        try index.put(entry)
    }

    private func query(_ random: inout SeededRandom) -> SearchQuery {
        var query = SearchQuery(limit: .random(in: 0...5, using: &random), offset: .random(in: 0...2, using: &random))
        query.facets = [Facet("colour", ["red", "blue", "yellow"].randomElement(using: &random) ?? "")]
        if Bool.random(using: &random) { query.facets = [] }
        return query
    }
}
