import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Two parts find what one index finds, and a reader keeps what it was given.
@Suite struct MeaningContentsTests {
    private static let dimensions = 64

    private static func entry(_ number: Int) -> IndexEntry {
        let address = DocumentAddress(
            scope: ScopeID(.zero),
            document: .derived(kind: 34, key: [UInt8(number >> 8), UInt8(number & 0xFF)], generation: 0))
        let time = Timestamp(milliseconds: Int64(number))
        var entry = IndexEntry(address: address, kind: .semantic, text: "text", created: time, updated: time)
        entry.category = number % 3 == 0 ? "ops" : nil
        return entry
    }

    private static func vector(_ random: inout SeededRandom) -> [Float] {
        let components = (0..<dimensions).map { _ in Float.random(in: -1...1, using: &random) }
        let length = components.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return components.map { $0 / length }
    }

    @Test("Whatever is written in whatever order, one index over all finds the same", arguments: 0..<4 as Range<UInt64>)
    func oneIndex(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var contents = MeaningContents()
        var whole = VectorIndex(dimensions: Self.dimensions)
        var categories: [DocumentAddress: String?] = [:]
        var query = SearchQuery(text: "x")
        query.category = "ops"
        for step in 0..<6000 {
            let entry = Self.entry(Int.random(in: 0..<3000, using: &random))
            if random.chance(20) {
                contents.remove(entry.address)
                whole.remove(entry.address)
                categories[entry.address] = nil
            } else {
                let vector = Self.vector(&random)
                contents.put(vector, entry)
                whole.put(vector, for: entry.address)
                categories[entry.address] = .some(entry.category)
            }
            guard step % 1500 == 1499 else { continue }
            let question = Self.vector(&random)
            let all = contents.search(question, SearchQuery(text: "x"), limit: 50)
            let expected = whole.search(question, limit: 50)
            #expect(all.map(\.address) == expected.map(\.address) && all.map(\.cosine) == expected.map(\.cosine))
            let some = contents.search(question, query, limit: 50)
            let few = whole.search(question, limit: 50) { categories[$0] == .some("ops") }
            #expect(some.map(\.address) == few.map(\.address))
            let asked = (0..<3000).map { Self.entry($0).address }
            #expect(contents.cosines(of: asked, to: question) == whole.cosines(of: asked, to: question))
            let kept = contents.vectors(of: asked)
            #expect(kept.count == whole.count && asked.allSatisfy { kept[$0] == whole.vector(of: $0) })
            #expect(contents.count == whole.count && contents.documents == Set(categories.keys))
        }
    }

    @Test("A reader keeps what it was given")
    func snapshots() {
        var random = SeededRandom(seed: 1)
        var contents = MeaningContents()
        for number in 0..<2000 { contents.put(Self.vector(&random), Self.entry(number)) }
        let (kept, question) = (contents, Self.vector(&random))
        let before = kept.search(question, SearchQuery(text: "x"), limit: 20).map(\.address)
        for number in 0..<2000 { contents.remove(Self.entry(number).address) }
        #expect(contents.count == 0 && contents.search(question, SearchQuery(text: "x"), limit: 20).isEmpty)
        #expect(kept.count == 2000 && kept.search(question, SearchQuery(text: "x"), limit: 20).map(\.address) == before)
    }

    @Test("Questions and vectors of another dimension find and change nothing")
    func dimensions() {
        var random = SeededRandom(seed: 2)
        var contents = MeaningContents()
        #expect(contents.search([1], SearchQuery(text: "x"), limit: 1).isEmpty && contents.dimensions == nil)
        contents.put(Self.vector(&random), Self.entry(1))
        contents.put(Self.vector(&random), Self.entry(2))
        contents.put([1, 0], Self.entry(2))
        #expect(contents.count == 1 && contents.dimensions == Self.dimensions)
        #expect(contents.search([1, 0], SearchQuery(text: "x"), limit: 9).isEmpty)
        #expect(contents.cosines(of: [Self.entry(1).address], to: [1, 0]).isEmpty)
    }
}
