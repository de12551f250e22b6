import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What lies beside a vector admits what the index entry itself admits.
@Suite struct MeaningFilterTests {
    private static let words = ["a", "b", "c"]

    @Test("Every filter decides as it does over the entry", arguments: 0..<8 as Range<UInt64>)
    func alike(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var admitted = 0
        for _ in 0..<2000 {
            let (entry, query) = (Self.entry(&random), Self.query(&random))
            let expected = query.admits(entry)
            #expect(MeaningFilter.Question(query).admits(MeaningFilter(entry)) == expected, "\(query) \(entry)")
            if expected { admitted += 1 }
        }
        #expect(admitted > 50 && admitted < 1950)
    }

    private static func entry(_ random: inout SeededRandom) -> IndexEntry {
        let address = DocumentAddress(scope: scope(&random), document: .derived(kind: 34, key: [1], generation: 0))
        var entry = IndexEntry(
            address: address, kind: kind(&random), text: "text", created: time(&random), updated: time(&random))
        entry.category = maybe(&random) { word(&$0) }
        entry.agent = maybe(&random) { word(&$0) }
        entry.expires = maybe(&random) { time(&$0) }
        entry.confidence = maybe(&random) { Double.random(in: 0...1, using: &$0) }
        entry.facets = facets(&random)
        return entry
    }

    private static func query(_ random: inout SeededRandom) -> SearchQuery {
        var query = SearchQuery(text: "text")
        query.scopes = rarely(&random) { [scope(&$0), scope(&$0)] }
        query.kinds = rarely(&random) { [kind(&$0)] }
        query.category = rarely(&random) { word(&$0) }
        query.agent = rarely(&random) { word(&$0) }
        query.since = rarely(&random) { time(&$0) }
        query.until = rarely(&random) { time(&$0) }
        query.now = maybe(&random) { time(&$0) }
        query.minimumConfidence = rarely(&random) { Double.random(in: 0...1, using: &$0) }
        query.facets = rarely(&random) { facets(&$0) } ?? []
        query.excluded = rarely(&random) { facets(&$0) } ?? []
        return query
    }

    private static func word(_ random: inout SeededRandom) -> String { words.randomElement(using: &random) ?? "" }
    private static func time(_ random: inout SeededRandom) -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: 0..<5, using: &random))
    }
    private static func kind(_ random: inout SeededRandom) -> DocumentKind {
        [.semantic, .episodic].randomElement(using: &random) ?? .semantic
    }
    private static func scope(_ random: inout SeededRandom) -> ScopeID {
        ScopeID(.sha256([UInt8.random(in: 0..<3, using: &random)]))
    }
    private static func facets(_ random: inout SeededRandom) -> [Facet] {
        (0..<Int.random(in: 0..<3, using: &random)).map { _ in Facet(word(&random), word(&random)) }
    }
    private static func maybe<T>(_ random: inout SeededRandom, _ make: (inout SeededRandom) -> T) -> T? {
        Bool.random(using: &random) ? make(&random) : nil
    }
    private static func rarely<T>(_ random: inout SeededRandom, _ make: (inout SeededRandom) -> T) -> T? {
        random.chance(20) ? make(&random) : nil
    }
}
