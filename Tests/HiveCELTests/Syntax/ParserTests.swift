import HiveCEL
import Testing

/// Words and sentences of the language.
@Suite struct ParserTests {
    private func value(_ source: String) throws -> Value {
        try Program.compile(source, in: .standard).evaluate(DictionaryActivation()).get()
    }

    @Test(
        "Strings keep their bytes",
        arguments: [
            ("'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'", "\u{7}\u{8}\u{C}\n\r\t\u{B}\\?\"'`"),
            ("'\\x41\\X42\\103'", "ABC"),
            ("'\\u00e9'", "\u{e9}"), ("'e\\u0301'", "e\u{301}"), ("'\\U0001F600'", "😀"), ("'\\ud83d\\ude00'", "😀"),
            ("'\\377'", "\u{ff}"), ("r'\\n'", "\\n"), ("R\"\\\"", "\\"), ("'''a'b''c\n'''", "a'b''c\n"),
            ("\"\"\"\"x\"\"\"", "\"x"),
        ] as [(String, String)])
    func strings(source: String, expected: String) throws {
        guard case .string(let text) = try value(source) else {
            Issue.record("\(source) is no string")
            return
        }
        #expect(Array(text.utf8) == Array(expected.utf8))
    }

    @Test(
        "Bytes are bytes",
        arguments: [
            ("b'\\xff\\000'", [255, 0]), ("b'é'", [0xC3, 0xA9]), ("B\"\\303\\277\"", [195, 191]),
            ("br'\\x'", [92, 120]),
            ("b'''\n'''", [10]),
        ] as [(String, [UInt8])])
    func bytes(source: String, expected: [UInt8]) throws { #expect(try value(source).equals(.bytes(expected))) }

    @Test(
        "Numbers have their type",
        arguments: [
            ("0x1F", .int(31)), ("-0x8000000000000000", .int(.min)), ("18446744073709551615u", .uint(.max)),
            ("0xFFU", .uint(255)),
            (".5", .double(0.5)), ("1e3", .double(1000)), ("1.5E-3", .double(0.0015)), ("-0.0", .double(-0.0)),
            ("007", .int(7)),
        ] as [(String, Value)])
    func numbers(source: String, expected: Value) throws { #expect(try value(source).isSame(as: expected)) }

    @Test("Space and comments lie between words")
    func space() throws { #expect(try value("\t1 // one\r\n + // and\n\u{C}2").equals(.int(3))) }

    @Test(
        "What is no sentence is refused where it goes wrong, with advice",
        arguments: [
            ("", 1, 1), ("1 +", 1, 4), ("(1", 1, 3), ("1 2", 1, 3), ("[1 2]", 1, 4), ("{1}", 1, 3), ("{1: 2, 3}", 1, 9),
            ("a.", 1, 3),
            ("f(,)", 1, 3), ("f(1,)", 1, 5), ("a ? b", 1, 6), ("a ? b : ", 1, 9), ("#", 1, 1), ("a.true", 1, 3),
            ("1 = 2", 1, 3),
            ("x &&\n  && y", 2, 3), ("if", 1, 1), ("a.b().(c)", 1, 7), ("rb'x'", 1, 3), ("'\\q'", 1, 2), ("`a`", 1, 1),
        ] as [(String, Int, Int)])
    func problems(source: String, line: Int, column: Int) throws {
        let error = try #require(throws: CompilationError.self) {
            try Program.compileUnchecked(source, in: .standard)
        }
        #expect(error.kind == .syntax)
        #expect((error.position.line, error.position.column) == (line, column), "\(source): \(error)")
    }

    @Test(
        "A macro says what it needs",
        arguments: [
            ("has(x)", "field selection"), ("has(x.?y)", "field selection"), ("[1].all(x.y, true)", "plain name"),
            ("[1].map(1, 2)", "plain name"),
            ("[1].all(i, i, true)", "the same name"), ("cel.block(1, 2)", "list of expressions"),
            ("cel.index('a')", "plain number"),
        ] as [(String, String)])
    func macros(source: String, part: String) throws {
        let error = try #require(throws: CompilationError.self) { try Program.compileUnchecked(source, in: .standard) }
        #expect(error.message.contains(part), "\(error)")
    }

    @Test("Columns count Unicode scalars")
    func columns() throws {
        let error = try #require(throws: CompilationError.self) {
            try Program.compileUnchecked("'e\u{301}😀' #", in: .standard)
        }
        #expect(error.position == SourcePosition(line: 1, column: 7))
    }
}
