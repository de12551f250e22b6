@testable import HiveCEL
import Testing

@Suite struct RegexTests {
    @Test(
        "A pattern matches what RE2 says",
        arguments: [
            ("a", "bab", true), ("^a", "ba", false), ("a$", "ba", true), ("^$", "", true), ("a|b|", "c", true),
            ("(ab)+c", "ababc", true),
            ("[^a-c]", "abc", false), ("[^a-c]", "abcd", true), ("[]a]", "]", true), ("[a-]", "-", true),
            ("\\d{3}", "12a3", false),
            ("\\d{2,}", "a123", true), ("a{0}b", "b", true), (".", "\n", false), ("(?s).", "\n", true),
            ("(?i)ÄB", "äb", true),
            ("(?i:A)b", "aB", false), ("(?m)^b$", "a\nb\nc", true), ("^b$", "a\nb\nc", false),
            ("\\bfoo\\b", "a foo.", true),
            ("\\Bo", "foo", true), ("\\A\\z", "", true), ("\\p{Lu}\\P{Lu}", "aB1", true), ("\\pN", "x9", true),
            ("[[:alpha:]_]+", "__a", true),
            ("\\Qa.b\\E", "a.b", true), ("^\\Qa.b\\E?$", "a.", true), ("^\\101\\07$", "A\u{7}", true),
            ("\\Qa.b\\E", "axb", false), ("\\x41\\x{1F600}", "A😀", true),
            ("é", "e\u{301}", false),
            ("(?P<name>a)(?<other>b)", "ab", true), ("[\\w-]+@[\\d.]+", "a-b@1.2", true),
            ("^(?:a?){3}a{3}$", "aaa", true), ("\\S\\s\\S", "a b", true),
            ("x*", "", true), ("(|a)+b", "aab", true), ("{", "{", true), ("a{,2}", "a{,2}", true),
            ("(?U)a+", "a", true),
        ] as [(String, String, Bool)])
    func matches(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == expected)
    }

    @Test(
        "Texts outside ASCII match as they should, whatever the table of states knows",
        arguments: [
            ("^\\p{Greek}+$", "αβγ", true), ("\\p{Greek}", "abc", false), ("^\\P{Latin}+$", "привет", true),
            ("[\\p{Han}\\p{Hiragana}]{2}", "日の", true), ("\\p{Cyrillic}", "p\u{430}ypal", true),
            ("^.*é$", "abcé", true), ("é", "aé", true), ("[^a]b", "éb", true), ("^a[^b]*c", "aéc", true),
            ("a\\b", "aé", true), ("é\\b", "é", false), ("(?i)K", "\u{212A}", true), ("^x|é", "aé", true),
            ("\\Bb", "éb", false), ("(?m)^a", "é\na", true), ("^(a|é)+$", "aéa", true), ("^(a|é)+$", "aéb", false),
            ("a$", "aé", false),
        ] as [(String, String, Bool)])
    func beyondASCII(pattern: String, text: String, expected: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == expected)
    }

    @Test(
        "What cannot be matched in linear time, or is no pattern, is refused with its place",
        arguments: [
            "(", ")", "[", "[b-a]", "a**", "*", "a{2,1}", "a{1001}", "(?=a)", "(?<=a)", "(?!a)", "(a)\\1", "\\8",
            "(?i)*", "\\xb", "\\é", "\\x+1", "\\",
            "(?P<>a)", "(?x)a", "\\p{Nope}",
            "[[:nope:]", "\\x{110000}", "\\y", "((a{1000}){1000}){1000}", "a++", "[\\", "(?P<n", "\\p{", "\\x{",
        ])
    func refused(pattern: String) { #expect(throws: RegularExpression.Failure.self) { try RegularExpression(pattern) } }

    @Test(
        "Steps grow with the text as it does, whatever the pattern",
        arguments: [
            "^(a+)+$", "(a|a)*b", "(a*)*c", "(.*)(.*)(.*)(.*)(.*)x", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a|aa)+$",
            "(x+x+)+y",
            "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaa!", "(?i)(a|b|ab)*?c",
        ])
    func linear(pattern: String) throws {
        let expression = try RegularExpression(pattern)
        let short = expression.matchesCountingSteps(String(repeating: "a", count: 1000) + "!").steps
        let long = expression.matchesCountingSteps(String(repeating: "a", count: 8000) + "!").steps
        #expect(long <= 9 * short)
        #expect(long <= 8001 * expression.size + expression.size)
    }

    @Test(
        "Texts are matched as a backtracking matcher of the same patterns matches them",
        arguments: 0..<20 as Range<UInt64>)
    func oracle(seed: UInt64) throws {
        var random = Random(seed: seed)
        for _ in 0..<200 {
            let node = Self.node(depth: 3, &random)
            let expression = try RegularExpression(Self.pattern(of: node))
            let text = (0..<random.below(7)).map { _ in random.pick(["a", "b", "-"]) }.joined()
            let scalars = Array(text.unicodeScalars)
            let expected = (0...scalars.count).contains { start in
                Self.ends(node, scalars, from: [start]).isEmpty == false
            }
            #expect(
                expression.matchesCountingSteps(text).matches == expected,
                "\(Self.pattern(of: node)) on \(text), seed \(seed)")
            let name = "\(Self.pattern(of: node)) on \(text), seed \(seed)"
            #expect(expression.matchesCountingSteps(text).matches == expected, "\(name)")
            #expect(expression.matches(text) == expected, "\(name)")
        }
    }

    /// A pattern in its simplest form, with a matcher that is plainly right: the set of places where a match may end.
    private indirect enum Pattern {
        case letter(Unicode.Scalar)
        case any
        case start
        case end
        case sequence(Pattern, Pattern)
        case choice(Pattern, Pattern)
        case boundary
        case many(Pattern)
        case maybe(Pattern)
    }

    private static func node(depth: Int, _ random: inout Random) -> Pattern {
        guard depth > 0 else {
            switch random.below(9) {
            case 0: return .any
            case 1: return .start
            case 2: return .end
            case 3: return .boundary
            default: return .letter(random.pick(["a", "b"]))
            }
        }
        switch random.below(5) {
        case 0: return .choice(node(depth: depth - 1, &random), node(depth: depth - 1, &random))
        case 1: return .many(node(depth: depth - 1, &random))
        case 2: return .maybe(node(depth: depth - 1, &random))
        default: return .sequence(node(depth: depth - 1, &random), node(depth: depth - 1, &random))
        }
    }

    private static func pattern(of node: Pattern) -> String {
        switch node {
        case .letter(let scalar): String(scalar)
        case .any: "."
        case .start: "^"
        case .end: "$"
        case .boundary: "\\b"
        case .sequence(let first, let second): pattern(of: first) + pattern(of: second)
        case .choice(let first, let second): "(?:\(pattern(of: first))|\(pattern(of: second)))"
        case .many(let inner): "(\(pattern(of: inner)))*"
        case .maybe(let inner): "(?:\(pattern(of: inner)))?"
        }
    }

    private static func ends(_ node: Pattern, _ text: [Unicode.Scalar], from starts: Set<Int>) -> Set<Int> {
        switch node {
        case .letter(let scalar): Set(starts.filter { $0 < text.count && text[$0] == scalar }.map { $0 + 1 })
        case .any: Set(starts.filter { $0 < text.count }.map { $0 + 1 })
        case .start: starts.intersection([0])
        case .end: starts.intersection([text.count])
        case .boundary: starts.filter { isWord($0 - 1, text) != isWord($0, text) }
        case .sequence(let first, let second): ends(second, text, from: ends(first, text, from: starts))
        case .choice(let first, let second): ends(first, text, from: starts).union(ends(second, text, from: starts))
        case .maybe(let inner): starts.union(ends(inner, text, from: starts))
        case .many(let inner): closure(of: inner, text, from: starts)
        }
    }

    private static func isWord(_ place: Int, _ text: [Unicode.Scalar]) -> Bool {
        text.indices.contains(place) && text[place] != "-"
    }

    private static func closure(of inner: Pattern, _ text: [Unicode.Scalar], from starts: Set<Int>) -> Set<Int> {
        var reached = starts
        while true {
            let more = reached.union(ends(inner, text, from: reached))
            if more == reached { return reached }
            reached = more
        }
    }
}
