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

    /// What FTS5 itself gives the entries that have one of a question's terms.
    private static func reference(_ question: String, _ store: SQLiteStore) throws -> [Double] {
        let match = WordQuery.terms(of: question).map(WordQuery.phrase).joined(separator: " OR ")
        return try store.pool.read { database in
            try Double.fetchAll(
                database, sql: "SELECT -bm25(words) FROM words WHERE words MATCH ? ORDER BY 1 DESC", arguments: [match])
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
                let ours = try store.read { try $0.index.search(SearchQuery(text: question, limit: 1000)) }
                let theirs = try Self.reference(question, store)
                #expect(ours.count == theirs.count)
                for (hit, score) in zip(ours, theirs) { #expect(abs(hit.score - score) < 1e-9) }
            }
            let counted = try store.pool.read { try SQLiteSearchIndex(database: $0).countedEntries() }
            #expect(try store.read { try $0.index.count() } == counted)
        }
        try store.close()
    }

    @Test("Common words add to the score of what has a rare one, and find what is left once that is used up")
    func tiers() throws {
        let directory = try TemporaryFolder()
        let store = try SQLiteStore(path: directory.path + "/hive.db")
        try store.write { transaction in
            for number in 0..<6000 {
                let words = ["service", number.isMultiple(of: 2) ? "host" : "", number % 1000 == 1 ? "zebra" : ""]
                try transaction.index.put(Self.entry(number, words.joined(separator: " ") + " n\(number)"))
            }
            try transaction.index.put(Self.entry(6000, "zebra"))
        }
        func hits(_ limit: Int, from offset: Int = 0) throws -> [SearchHit] {
            try store.read {
                try $0.index.search(SearchQuery(text: "service host zebra n7", limit: limit, offset: offset))
            }
        }
        let all = try hits(7000)
        #expect(all.count == 6001 && Set(all.map(\.address)).count == 6001)
        let first = Set(
            (1...6).map { Self.entry($0 * 1000 - 999, "").address } + [7, 6000].map { Self.entry($0, "").address })
        #expect(Set(all.prefix(8).map(\.address)) == first)
        for (offset, limit) in [(0, 3), (3, 10), (7, 1), (8, 20), (2990, 40), (5990, 50)] {
            #expect(try hits(limit, from: offset) == Array(all.dropFirst(offset).prefix(limit)))
        }
        let exact = try Self.reference("service host zebra n7", store)
        #expect(zip(all.prefix(8), exact).allSatisfy { abs($0.score - $1) < 1e-9 })
        try store.close()
    }

    @Test("A step asks for the rarest terms, as many as few entries have, and counts all")
    func steps() {
        let terms = [("\"the\"", 90_000), ("\"proxy\"", 10), ("\"of\"", 60_000), ("\"kube\"", 4000)].map {
            WeighedTerm(phrase: $0.0, holders: $0.1, weight: Double($0.1))
        }
        let tiers = WordTier.tiers(of: terms, among: 100_000)
        #expect(
            tiers.map(\.match) == [
                #"(("proxy" OR "kube") OR (("proxy" OR "kube") AND ("of" OR "the")))"#,
                #"(("of") OR (("of") AND ("the"))) NOT ("proxy" OR "kube")"#,
                #"("the") NOT ("proxy" OR "kube" OR "of")"#,
            ])
        #expect(
            tiers.map(\.weights) == [
                [10, 4000, 0, 0, 60_000, 90_000], [60_000, 0, 90_000, 0, 0], [90_000, 0, 0, 0],
            ])
        #expect(WordTier.tiers(of: Array(terms.suffix(1)), among: 100).map(\.match) == [#"("kube")"#])
        #expect(WordTier.tiers(of: [], among: 100).isEmpty)
    }

    @Test("How many have a common word is counted again once the index has grown or shrunk by a hundredth")
    func frequencies() {
        let frequencies = WordFrequencies()
        func holders(_ term: String, _ entries: Int, _ counted: Int) -> Int {
            frequencies.holders(of: term, among: entries) { counted }
        }
        #expect(holders("common", 10_000, 5000) == 5000)
        #expect(holders("common", 10_099, 6000) == 5000)
        #expect(holders("common", 10_101, 6000) == 6000)
        #expect(holders("common", 5000, 400) == 400)
        #expect(holders("common", 5000, 300) == 300)
        #expect(holders("rare", 10_000, 3) == 3)
        #expect(holders("rare", 10_000, 4) == 4)
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
