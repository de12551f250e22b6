@testable import HiveRules
import HiveCEL
import Testing

/// The parts of the index find exactly what a plain search finds.
@Suite struct IndexStructureTests {
    private func word(_ random: inout SeededGenerator, _ length: ClosedRange<Int>) -> String {
        String((0..<Int.random(in: length, using: &random)).map { _ in random.pick(["a", "b", "ä"]) as Character })
    }

    @Test("A trie finds every key that a text begins with", arguments: 0..<50 as Range<UInt64>)
    func trie(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let keys = (0..<20).map { _ in word(&random, 0...5) }
        let trie = ByteTrie(keys.enumerated().map { (Array($0.element.utf8), $0.offset) })
        for _ in 0..<20 {
            let text = word(&random, 0...8)
            var found: [Int] = []
            trie.walk(text.utf8) { found.append($0) }
            #expect(found.sorted() == keys.indices.filter { Bytes.hasPrefix(text, keys[$0]) })
        }
    }

    @Test("A scan finds every needle that stands in a text", arguments: 0..<50 as Range<UInt64>)
    func scan(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let needles = (0..<20).map { _ in word(&random, 1...5) }
        let automaton = AhoCorasick(needles.enumerated().map { ($0.element, $0.offset) })
        for _ in 0..<20 {
            let text = word(&random, 0...12)
            var found: Set<Int> = []
            automaton.scan(text) { found.insert($0) }
            #expect(found == Set(needles.indices.filter { Bytes.contains(text, needles[$0]) }))
        }
    }

    @Test("What a regular expression matches contains the text that it requires", arguments: 0..<300 as Range<UInt64>)
    func requiredLiterals(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let parts = [
            "abc", "bca", "(ab|c)", "[abc]", "a?", "b*", "c+", "(?:cab)?", "\\.", "\\w", "a{2}", "^", "$", "(b)", ".",
        ]
        let pattern =
            (0..<Int.random(in: 1...6, using: &random)).map { _ in random.pick(parts) }.joined()
            + (random.chance(10) ? "|abc" : "")
        guard let literal = RegexLiteral.required(by: pattern) else { return }
        let expression = try RegularExpression(pattern)
        for _ in 0..<200 {
            let text = String(
                (0..<Int.random(in: 0...10, using: &random)).map { _ in random.pick(["a", "b", "c", "."]) as Character }
            )
            if expression.matches(text) { #expect(Bytes.contains(text, literal), "\(pattern) in \(text)") }
        }
    }

    @Test(
        "Literals are found where there are some",
        arguments: [
            ("-----BEGIN [A-Z ]*PRIVATE KEY-----", "PRIVATE KEY-----"), ("\\bAKIA[0-9A-Z]{16}\\b", "AKIA"),
            ("^/etc/passwd$", "/etc/passwd"), ("abc|def", nil), ("(?i)secret", nil), ("ab", nil), ("x?yz", nil),
            ("a\\.b\\.c", "a.b.c"), ("\\x41bcd", nil), ("[[:alpha:]]tail", "tail"), ("(group)ed", nil),
        ] as [(String, String?)])
    func literals(pattern: String, expected: String?) { #expect(RegexLiteral.required(by: pattern) == expected) }
}
