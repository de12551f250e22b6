import GRDB
import HiveCore
import HiveTesting
import Testing

@testable import HiveStore

@Suite("Ranking")
struct RankingTests {
    private static let vocabulary = (0..<60).map { "word\($0)" } + ["内存泄漏", "kube-proxy", "ERR_CONN_RESET"]

    /// A few words are in many texts, most are rare.
    private static func text(using random: inout SeededRandom) -> String {
        (0..<Int.random(in: 1...40, using: &random)).map { _ in
            let place = Int.random(in: 0..<vocabulary.count, using: &random)
            return vocabulary[min(place, Int.random(in: 0..<vocabulary.count, using: &random))]
        }.joined(separator: " ")
    }

    private static func entry(_ number: Int, _ text: String) -> IndexEntry {
        let key = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        let address = DocumentAddress(scope: ScopeID(.zero), document: .derived(kind: 34, key: key, generation: 0))
        let time = Timestamp(milliseconds: Int64(number))
        return IndexEntry(address: address, kind: .semantic, text: text, created: time, updated: time)
    }

    private static func scores(_ function: String, _ match: String, _ store: SQLiteStore) throws -> [Int64: Double] {
        try store.pool.read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT rowid, \(function)(words) FROM words WHERE words MATCH ?", arguments: [match])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as Int64, $0[1] as Double) })
        }
    }

    @Test(
        "Scores are those of FTS5, also after changes, and inside a write that is undone",
        arguments: 0..<8 as Range<UInt64>)
    func equalsBM25(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let directory = try TemporaryFolder()
        let store = try SQLiteStore(path: directory.path + "/hive.db")
        for round in 0..<3 {
            let texts = (0..<120).map { _ in Self.text(using: &random) }
            try store.write { transaction in
                for (number, text) in texts.enumerated() {
                    try transaction.index.put(Self.entry(number + round * 40, text))
                }
            }
            struct Undone: Error {}
            let undone = Self.entry(1000 + round, "word0 word1 word2 " + Self.text(using: &random))
            #expect(throws: Undone.self) {
                try store.write { transaction in
                    try transaction.index.put(undone)
                    #expect(try transaction.index.search(SearchQuery(text: "word0 word1", limit: 500)).count > 0)
                    throw Undone()
                }
            }
            for question in ["word0", "word0 word1 word55", "word3 nobody", "\"kube-proxy\"", "内存", "word2 word2"] {
                let match = try #require(WordQuery.match(question))
                let (ours, theirs) = (try Self.scores("hive_bm25", match, store), try Self.scores("bm25", match, store))
                #expect(ours.keys == theirs.keys)
                for (key, score) in ours { #expect(abs(score - (theirs[key] ?? 0)) < 1e-9) }
            }
        }
        try store.close()
    }

    @Test("A page cut from the best equals one cut from all", arguments: 0..<6 as Range<UInt64>)
    func pagesAreExact(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let directory = try TemporaryFolder()
        let store = try SQLiteStore(path: directory.path + "/hive.db")
        let reference = InMemoryStore()
        for number in 0..<400 {
            var entry = Self.entry(
                number, "word\(number % 7) word\(number % 3) " + String(repeating: "x ", count: number % 5))
            entry.facets = [.tag(number.isMultiple(of: 17) ? "rare" : "common")]
            try store.write { try $0.index.put(entry) }
            try reference.write { try $0.index.put(entry) }
        }
        for _ in 0..<40 {
            var query = SearchQuery(
                text: Bool.random(using: &random) ? "word\(Int.random(in: 0..<7, using: &random))" : nil,
                limit: Int.random(in: 1...60, using: &random), offset: Int.random(in: 0...80, using: &random))
            if Bool.random(using: &random) { query.facets = [.tag(Bool.random(using: &random) ? "rare" : "common")] }
            if Bool.random(using: &random) { query.excluded = [.tag("rare")] }
            let (ours, theirs) = (
                try store.read { try $0.index.search(query) }, try reference.read { try $0.index.search(query) }
            )
            #expect(ours.map(\.address) == theirs.map(\.address), "\(query)")
        }
        try store.close()
    }
}
