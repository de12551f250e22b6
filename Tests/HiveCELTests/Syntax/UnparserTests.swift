import HiveCEL
import Testing

@Suite struct UnparserTests {
    private func parsed(_ source: String) throws -> Expression {
        try Program.compileUnchecked(source, in: .standard, limits: CompilationLimits(depth: 1000)).syntax
    }

    @Test("Parsing what the unparser wrote gives the same expression", arguments: 0..<20 as Range<UInt64>)
    func identity(seed: UInt64) throws {
        var generator = ExpressionGenerator(random: Random(seed: seed))
        for _ in 0..<150 {
            let expression = generator.expression(depth: 5)
            let source = unparse(expression)
            let again = try parsed(source)
            try #require(Shape.text(again) == Shape.text(expression), "seed \(seed): \(source)")
            #expect(unparse(again) == source)
        }
    }

    @Test(
        "An expression has one canonical form",
        arguments: [
            ("((1)+(2))*3", "(1 + 2) * 3"), ("1+2*3", "1 + 2 * 3"), ("a&&(b&&c)", "a && (b && c)"), ("-(1)", "-(1)"),
            ("-(1).f()", "-(1.f())"), ("!(a)", "!a"), ("a?b:(c?d:e)", "a ? b : c ? d : e"),
            ("(a?b:c)?d:e", "(a ? b : c) ? d : e"),
            ("'a\\'b'", #""a'b""#), ("b'\\xff'", #"b"\xff""#), ("{'a':1,?b:c}", #"{"a": 1, ?b: c}"#),
            ("[1,?a.?b]", "[1, ?a.?b]"), ("x.all(e,e>0)", "x.all(e, e > 0)"), ("has(a.b)", "has(a.b)"),
            ("a.`b-c`", "a.`b-c`"),
            ("x.existsOne(e, e)", "x.exists_one(e, e)"), ("cel.bind(v,1,v)", "cel.bind(v, 1, v)"), ("0x10u", "16u"),
        ] as [(String, String)])
    func canonical(source: String, expected: String) throws { #expect(unparse(try parsed(source)) == expected) }
}
