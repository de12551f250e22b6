import HiveCore
import HiveTesting
import Testing

/// Tokens are counted by a rule that anybody can repeat.
@Suite struct TokenEstimateTests {
    @Test(
        "Texts cost what the rule says",
        arguments: [
            ("", 0), (" ", 0), ("a", 1), ("word", 1), ("words", 2), ("two words", 3), ("userName", 2), ("HTTP", 1),
            ("HTTPServer", 3), ("abcdefghijkl", 3), ("abcdefghijklm", 4), ("abcdefghijklmno", 5), ("1", 1), ("12", 1),
            ("123", 2), ("a1", 2), ("a.b", 3), ("...", 3), ("\n", 1),
            ("a\n\tb", 4), ("a  b", 3), ("a     b", 3), ("a      b", 4), ("é", 1), ("я", 1), ("語", 2), ("🙂", 3),
            ("\u{0}", 1), ("日本語", 6), ("naïve", 3),
        ])
    func rule(text: String, tokens: Int) {
        #expect(TokenEstimate.tokens(in: text) == tokens, "\(text)")
    }

    @Test("What joins at a line break or a sign adds up")
    func sums() {
        var random = SeededRandom(seed: 7)
        let alphabet = Array("ab Z09.\n\té語🙂 ")
        func text() -> String {
            String(
                (0..<Int.random(in: 0..<12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<2000 {
            let (left, right) = (text() + "\n", text())
            #expect(
                TokenEstimate.tokens(in: left + right) == TokenEstimate.tokens(in: left)
                    + TokenEstimate.tokens(in: right), "\(left)|\(right)")
        }
    }

    @Test("A longer beginning never costs less, and no text has more bytes than its tokens allow")
    func bounds() {
        var random = SeededRandom(seed: 8)
        let alphabet = Array("aaab  Z09.\n\té語🙂 ")
        for _ in 0..<500 {
            let text = String((0..<40).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            var last = 0
            for end in text.indices {
                let tokens = TokenEstimate.tokens(in: String(text[...end]))
                #expect(tokens >= last)
                #expect(text[...end].utf8.count <= TokenEstimate.mostBytes(ofTokens: tokens), "\(text[...end])")
                last = tokens
            }
        }
    }
}
