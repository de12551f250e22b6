import HiveCore
import Testing

/// Scores are brought together as they were measured.
@Suite struct ScoreFusionTests {
    private static func address(_ number: UInt8) -> DocumentAddress {
        DocumentAddress(scope: ScopeID(.zero), document: .derived(kind: 34, key: [number], generation: 0))
    }

    private static func word(_ number: UInt8, _ score: Double) -> SearchHit {
        SearchHit(address: address(number), score: score)
    }

    @Test("Four tenths are meaning, six tenths are words")
    func weights() {
        let hits = ScoreFusion.hits(
            words: [Self.word(1, 5), Self.word(2, 2)], ceiling: 10,
            meaning: [(Self.address(3), 0.9), (Self.address(2), 0.5)], cosine: { $0 == Self.address(2) ? 0.5 : nil })
        #expect(hits.map(\.address) == [Self.address(3), Self.address(2), Self.address(1)])
        #expect(abs(hits[0].score - 0.36) < 1e-6 && hits[0].words == nil)
        #expect(abs(hits[1].score - 0.32) < 1e-6 && hits[1].words == 0.2 && hits[1].meaning == 0.5)
        #expect(abs(hits[2].score - 0.3) < 1e-6 && hits[2].meaning == nil)
    }

    @Test("The weight of meaning can be chosen", arguments: [0, 0.5, 1])
    func chosenWeight(weight: Double) {
        let hits = ScoreFusion.hits(
            words: [Self.word(1, 5)], ceiling: 10, meaning: [(Self.address(2), 0.9)], weight: weight,
            cosine: { _ in 0.2 })
        let scores = Dictionary(uniqueKeysWithValues: hits.map { ($0.address, $0.score) })
        #expect(abs((scores[Self.address(1)] ?? -1) - (weight * 0.2 + (1 - weight) * 0.5)) < 1e-6)
        #expect(abs((scores[Self.address(2)] ?? -1) - weight * 0.9) < 1e-6)
    }

    @Test("What points away counts nothing, and is left out where no word speaks for it")
    func opposites() {
        let hits = ScoreFusion.hits(
            words: [Self.word(1, 5)], ceiling: 10, meaning: [(Self.address(2), -0.1), (Self.address(3), 0)],
            cosine: { _ in -0.5 })
        #expect(hits.map(\.address) == [Self.address(1)])
        #expect(hits[0].score == 0.3 && hits[0].meaning == -0.5)
    }

    @Test("Ties keep the order of the words, then that of addresses")
    func ties() {
        let words = [Self.word(9, 4), Self.word(1, 4), Self.word(5, 4)]
        let meaning = [6, 2].map { (address: Self.address($0), cosine: Float(0.1)) }
        let hits = ScoreFusion.hits(words: words, ceiling: 8, meaning: meaning) { _ in nil }
        let last = [Self.address(6), Self.address(2)].sorted()
        #expect(hits.map(\.address) == words.map(\.address) + last)
    }

    @Test("Words alone are a share of their ceiling, from 0 to 1")
    func wordsAlone() {
        let words = [Self.word(1, 12), Self.word(2, 5), Self.word(3, 0)]
        #expect(ScoreFusion.hits(words: words, ceiling: 10).map(\.score) == [1, 0.5, 0])
        #expect(ScoreFusion.hits(words: words, ceiling: 0).map(\.score) == [0, 0, 0])
    }
}
