import HiveCore
import HiveTesting
import Testing

@Suite struct ExcerptTests {
    @Test("A text is cut where a sentence or a word ends")
    func ends() {
        let text = "The proxy restarts. It takes a minute. Then everything that waited is answered again"
        #expect(Excerpt.of(text, limit: 13) == "The proxy restarts.…")
        #expect(Excerpt.of("alphabet betabeta gammagamma deltadelta", limit: 10) == "alphabet betabeta gammagamma…")
        #expect(Excerpt.of("今日は晴れです。明日は雨が降るでしょう。", limit: 30) == "今日は晴れです。…")
    }

    @Test("Nothing is said where nothing fits", arguments: [-5, 0, 1, 2])
    func nothing(limit: Int) { #expect(Excerpt.of("word", limit: limit) == nil) }

    @Test("An excerpt is a beginning, and never costs more than it may")
    func limits() {
        var random = SeededRandom(seed: 3)
        let alphabet = Array("aab  Z09.!\n\té語🙂。e\u{301}👩‍👩‍👧")
        for _ in 0..<1000 {
            let text = String((0..<80).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            let limit = Int.random(in: 3..<60, using: &random)
            guard let excerpt = Excerpt.of(text, limit: limit) else { continue }
            #expect(TokenEstimate.tokens(in: excerpt) <= limit)
            #expect(excerpt.hasSuffix("…"))
            #expect(text.unicodeScalars.starts(with: excerpt.unicodeScalars.dropLast()))
        }
    }
}
