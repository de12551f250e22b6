import HiveCEL
import Testing

/// What is too large is refused with its place and a hint, before it exhausts stack or memory.
@Suite struct LimitTests {
    private func refusal(_ source: String, limits: CompilationLimits = .default) -> CompilationError? {
        #expect(throws: CompilationError.self) {
            try Program.compile(source, in: Environment.standard.declaring(variable: "x", as: .dyn), limits: limits)
        }
    }

    private static func repeated(_ text: String, _ count: Int = 50_000) -> String {
        String(repeating: text, count: count)
    }

    @Test(
        "Deep nesting is refused where it becomes too deep",
        arguments: [
            ("brackets", repeated("(", 40_000) + "1" + repeated(")", 40_000), 251),
            ("lists", repeated("[", 40_000) + repeated("]", 40_000), 251),
            ("maps", repeated("{1:", 30_000), 749), ("negations", repeated("!") + "true", 251),
            ("minuses", repeated("-") + "x", 251), ("calls", repeated("dyn(", 25_000), 1001),
            ("conditionals", repeated("true?1:", 14_000), 1751),
        ] as [(String, String, Int)])
    func nesting(name: String, source: String, column: Int) throws {
        let error = try #require(refusal(source))
        #expect(error.message == "the expression nests deeper than 250 levels")
        #expect(error.position == SourcePosition(line: 1, column: column))
        #expect(!error.hint.isEmpty)
    }

    @Test(
        "Chains that nest to the left are refused as well",
        arguments: [
            "1" + repeated(" + 1", 20_000), "x" + repeated(".a", 40_000), "x" + repeated("[0]", 30_000),
            "x" + repeated(".f()", 20_000), repeated("[0,1].all(x, ", 7000),
        ])
    func chains(source: String) throws {
        let error = try #require(refusal(source))
        #expect(error.message.contains("250 levels"))
        #expect(error.position.line == 1 && error.position.column > 1)
    }

    @Test("Long conditions do not nest")
    func longConditions() throws {
        let source = "true" + Self.repeated(" && true", 5000)
        let program = try Program.compile(source, in: .standard)
        #expect(try program.evaluate(DictionaryActivation()).get().equals(.bool(true)))
    }

    @Test("A source, an expression and a pattern may only be so large")
    func sizes() throws {
        let long = try #require(refusal("'" + Self.repeated("a", 200_000) + "'"))
        #expect(long.message == "the expression is longer than 100000 bytes")
        #expect(!long.hint.isEmpty)
        let many = try #require(
            refusal("[" + Self.repeated("1,", 49_990) + "1,1,1]", limits: CompilationLimits(nodes: 1000)))
        #expect(many.message == "the expression has more than 1000 parts")
        #expect(many.position == SourcePosition(line: 1, column: 2002))
        let pattern = try #require(refusal("'a'.matches('\(Self.repeated("a", 5000))')"))
        #expect(pattern.kind == .invalidArgument)
    }

    @Test(
        "A literal that fits no type is refused where it stands",
        arguments: [
            ("[\n  99999999999999999999]", 2, 3), ("1 +\n18446744073709551616u", 2, 1), ("0x1FFFFFFFFFFFFFFFFF", 1, 1),
            ("9223372036854775808", 1, 1), ("-9223372036854775809", 1, 1), ("1e400", 1, 1), ("'a\\u12'", 1, 3),
            ("0x", 1, 1),
            ("'\\ud800'", 1, 2), ("b'\\u00e9'", 1, 3), ("'\\400'", 1, 2), ("'abc", 1, 1), ("1e+", 1, 1),
        ] as [(String, Int, Int)])
    func literals(source: String, line: Int, column: Int) throws {
        let error = try #require(refusal(source))
        #expect(error.kind == .syntax)
        #expect((error.position.line, error.position.column) == (line, column), "\(error)")
    }

    @Test(
        "Macros that would run exponentially end with their budget",
        arguments: [
            repeated("[0,1].all(x, ", 40) + "1 / 0 == 1" + repeated(")", 40),
            repeated("cel.bind(x, [1, 2], cel.bind(x, [x, x], ", 1)
                + (0..<60).map { _ in "cel.bind(x, [x, x], " }.joined()
                + "x == x" + repeated(")", 62),
            "cel.bind(x, 'ab', " + (0..<60).map { _ in "cel.bind(x, x + x, " }.joined() + "x.size()" + repeated(")", 61)
                + " > 0",
            "lists.range(100000).map(e, lists.range(100000)).flatten().size() > 0",
            "lists.range(50000).map(e, 'abc').join(lists.range(9999).map(e, 'abc').join()).size() > 0",
            "lists.range(9999).map(e, 'a').join().replace('', lists.range(9999).map(e, 'a').join()).size() > 0",
            "lists.range(9000).all(e, sets.contains(lists.range(9000), lists.range(9000)))",
            "'%s'.format([lists.range(9000).map(e, lists.range(9000))]) == ''",
            "lists.range(9000).map(e, [e]).distinct().size() > 0",
            "regex.extractAll(lists.range(99999).map(e, 'a').join(), '(?:a*)*b').size() > 0",
            "lists.range(9999).exists(e, lists.range(9999).map(f, 'ab').join().matches('(a|b)*c'))",
        ])
    func exponential(source: String) throws {
        let program = try Program.compile(source, in: .standard)
        let result = program.evaluate(DictionaryActivation())
        guard case .failure(let error) = result else {
            Issue.record("\(source.prefix(60)) has a value")
            return
        }
        #expect(error.kind == .budgetExceeded)
    }
}
