import HiveCEL
import Testing

/// The extension `strings`.
@Suite struct StringTests {
    private func render(_ source: String) throws -> String {
        let program = try Program.compileUnchecked(source, in: .standard)
        switch program.evaluate(DictionaryActivation()) {
        case .success(let value): return JSONText.render(value)
        case .failure(let error): return error.kind.rawValue
        }
    }

    @Test(
        "Places count Unicode scalars from zero",
        arguments: [
            ("'日本語'.charAt(1)", "\"本\""), ("'abc'.charAt(3)", "\"\""), ("'abc'.charAt(4)", "index_out_of_range"),
            ("'abc'.charAt(-1)", "index_out_of_range"), ("'tacocat'.indexOf('a', 2)", "5"),
            ("'tacocat'.indexOf('')", "0"),
            ("'tacocat'.indexOf('', 7)", "7"), ("'tacocat'.indexOf('a', 8)", "index_out_of_range"),
            ("'aaab'.indexOf('aab')", "1"),
            ("'tacocat'.lastIndexOf('a')", "5"), ("'tacocat'.lastIndexOf('a', 4)", "1"),
            ("'tacocat'.lastIndexOf('')", "7"),
            ("'tacocat'.lastIndexOf('', 3)", "3"), ("'ab'.lastIndexOf('abc')", "-1"),
            ("'ababab'.lastIndexOf('abab')", "2"),
            ("'tacocat'.lastIndexOf('t', 0)", "0"), ("'tacocat'.substring(4)", "\"cat\""),
            ("'tacocat'.substring(0, 4)", "\"taco\""),
            ("'tacocat'.substring(7)", "\"\""), ("'tacocat'.substring(2, 1)", "index_out_of_range"),
            ("'é'.substring(0, 1)", "\"é\""),
            ("'e\\u0301'.reverse().size()", "2"), ("'ab'.reverse()", "\"ba\""),
        ] as [(String, String)])
    func places(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "Parts are split, joined and replaced",
        arguments: [
            ("'a,b,,c'.split(',')", #"["a","b","","c"]"#), ("'a,b,c'.split(',', 2)", #"["a","b,c"]"#),
            ("'a,b'.split(',', 0)", "[]"),
            ("'a,b'.split(',', 1)", #"["a,b"]"#), ("'aé'.split('')", #"["a","é"]"#),
            ("'abc'.split('', 2)", #"["a","bc"]"#),
            ("''.split(',')", #"[""]"#), ("''.split('')", "[]"), ("['a', 'b'].join()", "\"ab\""),
            ("['a', 'b'].join('-')", "\"a-b\""),
            ("[].join('-')", "\"\""), ("[1].join()", "no_such_overload"), ("'aaa'.replace('a', 'b', 2)", "\"bba\""),
            ("'aaa'.replace('aa', 'b')", "\"ba\""), ("'ab'.replace('', '-')", "\"-a-b-\""),
            ("'ab'.replace('', '-', 2)", "\"-a-b\""),
            ("'a'.replace('a', 'b', -9223372036854775808)", "\"b\""), ("'a'.replace('a', 'b', 0)", "\"a\""),
            ("'\\u2003 \\t x\\u0085'.trim()", "\"x\""), ("'\\u200bx'.trim().size()", "2"),
            ("'AÄb'.lowerAscii()", "\"aÄb\""),
            ("'aäB'.upperAscii()", "\"AäB\""), ("strings.quote('a\"\\n\\\\')", #""\"a\\\"\\n\\\\\"""#),
        ] as [(String, String)])
    func parts(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "Formats follow their clauses",
        arguments: [
            ("'%s %s %s'.format([1, 'a', [true, null, {'b': 2.0, 'a': b'x'}]])", "1 a [true, null, {a: x, b: 2}]"),
            ("'%s'.format([1e20])", "100000000000000000000"), ("'%s'.format([1.5e-7])", "0.00000015"),
            ("'%d'.format([3.14])", "3.14"),
            ("'%s %d %f'.format([double('NaN'), double('-Infinity'), double('Infinity')])", "NaN -Infinity Infinity"),
            ("'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])", "0 2 2"), ("'%.2f'.format([-0.005])", "-0.01"),
            ("'%f'.format([1u])", "1.000000"),
            ("'%.3e'.format([123456])", "1.235e+05"), ("'%e'.format([0.0])", "0.000000e+00"),
            ("'%.0e'.format([9.5])", "1e+01"),
            ("'%x %X %o %b'.format([-255, 255u, 8, -5])", "-ff FF 10 -101"), ("'%x'.format(['é'])", "c3a9"),
            ("'%b'.format([false])", "0"),
            ("'%s'.format([b'a\\xff\\xfeb'])", "a\u{FFFD}b"), ("'100%%'.format([])", "100%"),
            ("'%s'.format([duration('1.5s')])", "1.5s"),
            ("'%s'.format([timestamp(0)])", "1970-01-01T00:00:00Z"), ("'%s'.format([type(1)])", "int"),
        ] as [(String, String)])
    func formats(source: String, expected: String) throws { #expect(try render(source) == Self.quoted(expected)) }

    @Test(
        "A format that does not fit its values is an error",
        arguments: [
            "'%s'.format([])", "'%a'.format([1])", "'%'.format([1])", "'%.f'.format([1.0])", "'%.9999f'.format([1.0])",
            "'%d'.format(['1'])",
            "'%x'.format([1.0])", "'%o'.format([true])", "'%f'.format([null])", "'%s'.format([optional.none()])",
        ])
    func badFormats(source: String) throws { #expect(try render(source) == "invalid_argument") }

    private static func quoted(_ text: String) -> String { JSONText.render(.string(text)) }

    @Test(
        "Regular expressions extract and replace",
        arguments: [
            ("regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1')", "\"ba fo\""),
            ("regex.replace('aaa', 'a', 'b', 2)", "\"bba\""),
            ("regex.replace('abc', '', '-')", "\"-a-b-c-\""), ("regex.replace('a', 'a', r'\\1')", "invalid_argument"),
            ("regex.replace('a', '(', '')", "invalid_argument"),
            ("regex.extract('item-A, item-B', r'item-(\\w)')", "\"A\""),
            ("regex.extract('x', 'y')", "null"), ("regex.extractAll('id:1, id:22', r'id:(\\d+)')", #"["1","22"]"#),
            ("regex.extractAll('ab', '(a)(b)')", "invalid_argument"),
            ("regex.extractAll('aXbX', '[^X]+')", #"["a","b"]"#),
            ("regex.extract('aaa', 'a+?')", "\"a\""), ("regex.replace('a.b', r'\\.', r'\\\\')", "\"a\\\\b\""),
        ] as [(String, String)])
    func expressions(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test("Parts are found where a naive search finds them", arguments: 0..<5 as Range<UInt64>)
    func search(seed: UInt64) throws {
        var random = Random(seed: seed)
        let environment = Environment.standard.declaring(variable: "s", as: .string).declaring(
            variable: "p", as: .string)
        let program = try Program.compile("[s.indexOf(p), s.lastIndexOf(p), s.contains(p) ? 1 : 0]", in: environment)
        for _ in 0..<300 {
            let text = (0..<random.below(60)).map { _ in random.isOneIn(6) ? "b" : "a" }
            let part = (0..<random.below(random.isOneIn(2) ? 4 : 25)).map { _ in random.isOneIn(9) ? "b" : "a" }
            let places = (0...text.count).filter { text[$0...].starts(with: part) }
            let activation = DictionaryActivation(["s": .string(text.joined()), "p": .string(part.joined())])
            let expected: [Value] = [
                .int(Int64(places.first ?? -1)), .int(Int64(places.last ?? -1)), .int(places.isEmpty ? 0 : 1),
            ]
            #expect(
                try program.evaluate(activation).get().equals(.list(expected)), "\(text.joined()), \(part.joined())")
        }
    }
}
