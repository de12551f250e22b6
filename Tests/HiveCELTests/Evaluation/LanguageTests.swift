import HiveCEL
import Testing

/// What expressions mean.
@Suite struct LanguageTests {
    private func evaluate(_ source: String) throws -> String {
        let environment = Environment.standard.declaring(variable: "x", as: .dyn)
        let program = try Program.compile(source, in: environment)
        switch program.evaluate(DictionaryActivation(["x": .int(3)])) {
        case .success(let value): return JSONText.render(value)
        case .failure(let error): return error.kind.rawValue
        }
    }

    @Test(
        "Expressions have their values",
        arguments: [
            ("1 + 2 * 3", "7"), ("7 / 2", "3"), ("-7 % 3", "-1"), ("'a' + 'b'", "\"ab\""),
            ("[1, 2] + [3]", "[1,2,3]"), ("dyn(1) == 1.0", "true"), ("1u == dyn(1)", "true"), ("2 in [1, 2]", "true"),
            ("'k' in {'k': 1}", "true"), ("{'a': 1}.a", "1"), ("x > 2 ? 'big' : 'small'", "\"big\""),
            ("!(x == 3)", "false"),
            ("[1, 2, 3].all(i, i > 0)", "true"), ("[1, 2, 3].exists(i, i > 2)", "true"),
            ("[1, 2].exists_one(i, i == 2)", "true"),
            ("[1, 2, 3].filter(i, i % 2 == 1)", "[1,3]"), ("[1, 2].map(i, i * 2)", "[2,4]"),
            ("has({'a': 1}.b)", "false"),
            ("size('日本')", "2"), ("'abc'.contains('b')", "true"), ("'a,b'.split(',')", "[\"a\",\"b\"]"),
            ("'hello'.matches('^h.*o$')", "true"), ("string(12)", "\"12\""), ("int('12')", "12"),
            ("type(1) == int", "true"),
            ("'ab' < 'b'", "true"), ("b'ab' == b'ab'", "true"), ("0x10", "16"), ("'\\u00e9'", "\"é\""),
            ("1 / 0 == 1 || true", "true"), ("true || 1 / 0 == 1", "true"), ("1 / 0 == 1 && false", "false"),
            ("[0, 1].exists(i, 1 / i == 1)", "true"),
        ] as [(String, String)])
    func values(source: String, expected: String) throws { #expect(try evaluate(source) == expected) }

    @Test(
        "What has no value is an error and never traps",
        arguments: [
            "1 / 0", "9223372036854775807 + 1", "-9223372036854775808 / -1", "{'a': 1}.b", "[1][5]", "x.foo",
            "int('x')",
            "'a'.matches('(' + '(')", "1 / 0 == 1 || false",
        ])
    func errors(source: String) throws {
        let environment = Environment.standard.declaring(variable: "x", as: .dyn)
        let program = try Program.compile(source, in: environment)
        #expect(throws: EvaluationError.self) { try program.evaluate(DictionaryActivation(["x": .int(3)])).get() }
    }

    @Test(
        "What cannot work is refused when it is compiled",
        arguments: [
            "y + 1", "1 + 'a'", "foo(1)", "1 +", "'abc", "has(x)", String(repeating: "(", count: 5000),
            "99999999999999999999",
            "1 == 1.0", "'a'.matches('(')",
        ])
    func refused(source: String) {
        #expect(throws: CompilationError.self) { try Program.compile(source, in: .standard) }
    }

    @Test("An expression that takes too long is ended")
    func budget() throws {
        let program = try Program.compile(
            "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, a * b > 0))", in: .standard)
        let error = #expect(throws: EvaluationError.self) {
            try program.evaluate(DictionaryActivation(), budget: 50).get()
        }
        #expect(error?.kind == .budgetExceeded)
    }

    @Test("A pattern that would make others run for ever does not")
    func catastrophicPattern() throws {
        #expect(try evaluate("'\(String(repeating: "a", count: 3000))!'.matches('^(a+)+$')") == "false")
    }
}
