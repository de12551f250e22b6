import HiveCEL
import Testing

/// The extensions other than `strings`, and times.
@Suite struct LibraryTests {
    private func render(_ source: String) throws -> String {
        let environment = Environment.standard.using(timeZones: SystemTimeZones())
        switch try Program.compileUnchecked(source, in: environment).evaluate(DictionaryActivation()) {
        case .success(let value): return JSONText.render(value)
        case .failure(let error): return error.kind.rawValue
        }
    }

    @Test(
        "math",
        arguments: [
            ("math.greatest(1, 2u, 1.5)", "2"), ("math.least([3, -1.5, 2u])", "-1.5"),
            ("math.greatest([])", "invalid_argument"),
            ("math.greatest('a')", "no_such_overload"), ("math.round(-1.5)", "-2.0"), ("math.round(2.5)", "3.0"),
            ("math.ceil(-1.2)", "-1.0"),
            ("math.trunc(-1.9)", "-1.0"), ("math.sign(-0.0)", "0.0"), ("math.sign(-7)", "-1"),
            ("math.isNaN(0.0 / 0.0)", "true"),
            ("math.sqrt(81)", "9.0"), ("math.bitNot(0u)", "18446744073709551615"), ("math.bitShiftLeft(-1, 2)", "-4"),
            ("math.bitShiftRight(-1, 63)", "1"), ("math.bitShiftRight(1024u, 64)", "0"),
            ("math.bitShiftLeft(1, -1)", "invalid_argument"),
            ("math.bitXor(3u, 5u)", "6"), ("math.bitShiftLeft(1, 9223372036854775807)", "0"),
        ] as [(String, String)])
    func math(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "lists and sets",
        arguments: [
            ("[1, 2u, 1.0, 'a', 'a', [1], [1.0]].distinct()", #"[1,2,"a",[1]]"#),
            ("[1, [2, [3]]].flatten()", "[1,2,[3]]"),
            ("[1, [2, [3]]].flatten(2)", "[1,2,3]"), ("[1].flatten(-1)", "invalid_argument"),
            ("lists.range(3)", "[0,1,2]"),
            ("lists.range(-1)", "[]"), ("[3, 1u, 2].sort()", "invalid_argument"), ("[3, 1, 2].sort()", "[1,2,3]"),
            ("[[1]].sort()", "no_such_overload"),
            ("[1, 2, 3, 4].slice(1, 3)", "[2,3]"), ("[1].slice(1, 0)", "index_out_of_range"),
            ("[1, 2].reverse()", "[2,1]"),
            ("[].first()", "null"), ("[1, 2].last()", "2"),
            ("['bb', 'a', 'cc'].sortBy(e, e.size())", #"["a","bb","cc"]"#),
            ("sets.contains([1, 2.0, 3u], [1.0, 2u, 3])", "true"), ("sets.equivalent([1], [1, 1])", "true"),
            ("sets.intersects([1], [])", "false"),
        ] as [(String, String)])
    func lists(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "macros with two variables",
        arguments: [
            ("[1, 2, 3].transformList(i, v, i % 2 == 0, i * v + v)", "[1,9]"),
            ("{'a': 1}.transformMap(k, v, k + string(v))", #"{"a":"a1"}"#),
            ("{'a': 'b'}.transformMapEntry(k, v, {v: k})", #"{"b":"a"}"#),
            ("{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "duplicate_key"),
            ("[1, 1].existsOne(i, v, v == 1)", "false"), ("{'a': 1}.all(k, v, v == 1)", "true"),
            ("[1, 0].exists(i, v, 1 / v == 1)", "true"),
            ("[1, 2].transformMap(i, v, v * 2)", #"{"0":2,"1":4}"#),
            ("[1].transformMapEntry(i, v, v)", "no_such_overload"),
        ] as [(String, String)])
    func twoVariables(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "optional values",
        arguments: [
            ("{'a': 1}.?b.orValue(2)", "2"), ("{'a': {'b': 1}}.?a.b.value()", "1"),
            ("optional.none().value()", "empty_optional"),
            ("[1][?1].hasValue()", "false"), ("optional.of(1).optMap(x, x + 1).value()", "2"),
            ("optional.none().or(optional.of(3)).value()", "3"),
            ("optional.of(1).orValue(1 / 0)", "1"), ("[?optional.none(), 1]", "[1]"),
            ("{?'a': optional.of(1), ?'b': optional.none()}", #"{"a":1}"#),
            ("optional.ofNonZeroValue('')", "null"), ("optional.unwrap([optional.of(1), optional.none()])", "[1]"),
            ("{'a': 1}.?b.?c.d.hasValue()", "false"),
            ("optional.of(1) == optional.of(1.0)", "true"), ("type(optional.none()) == optional_type", "true"),
            ("[?1]", "no_such_overload"),
            ("has({'a': 1}.?a.b)", "no_such_overload"),
            ("optional.of(2).optFlatMap(x, optional.none()).hasValue()", "false"),
        ] as [(String, String)])
    func optionals(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "bindings, blocks and encoders",
        arguments: [
            ("cel.bind(a, 'x', cel.bind(b, a + 'y', b + a))", "\"xyx\""),
            ("cel.bind(a, 1 / 0, true || a == 1)", "true"),
            ("cel.block([1, cel.index(0) + 1], cel.index(0) + cel.index(1))", "3"),
            ("base64.encode(b'hello')", "\"aGVsbG8=\""),
            ("string(base64.decode('aGVsbG8'))", "\"hello\""), ("base64.decode('a')", "type_conversion"),
            ("base64.decode('aGVsbG8=\\n')", "type_conversion"),
        ] as [(String, String)])
    func bindings(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "addresses",
        arguments: [
            ("string(ip('2001:DB8:0:0:1:0:0:1'))", "\"2001:db8::1:0:0:1\""), ("ip('::1').isLoopback()", "true"),
            ("ip('1.2.3')", "type_conversion"),
            ("ip('::ffff:1.2.3.4')", "type_conversion"), ("ip('fe80::1%en0')", "type_conversion"),
            ("string(ip('64:ff9b::192.0.2.1'))", "\"64:ff9b::c000:201\""),
            ("ip('192.168.0.1') == ip('::ffff:c0a8:1')", "true"), ("ip('01.2.3.4')", "type_conversion"),
            ("isIP('1::2::3')", "false"),
            ("cidr('10.0.0.0/8').containsIP('10.1.2.3')", "true"),
            ("cidr('10.0.0.0/8').containsCIDR('11.0.0.0/9')", "false"),
            ("string(cidr('192.168.1.5/24').masked())", "\"192.168.1.0/24\""),
            ("cidr('1.2.3.4/33')", "type_conversion"), ("cidr('10.0.0.0/08')", "type_conversion"),
            ("ip.isCanonical('2001:DB8::1')", "false"), ("type(ip('::')) == net.IP", "true"),
            ("cidr('::/0').containsIP('1.2.3.4')", "false"),
            ("isIP('1:2:3:4:5:6:7.8.9.1:2')", "false"), ("isIP(':1')", "false"), ("isIP('1:2:3:4:5:6:7:8:9')", "false"),
        ] as [(String, String)])
    func addresses(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "times",
        arguments: [
            ("timestamp('2009-02-13T23:31:30Z').getFullYear()", "2009"),
            ("timestamp('2024-12-31T00:00:00Z').getDayOfYear()", "365"),
            ("timestamp('2009-02-13T23:31:30Z').getDayOfWeek()", "5"),
            ("timestamp('2009-02-13T23:31:30Z').getHours('Asia/Kathmandu')", "5"),
            ("timestamp('2009-02-13T23:31:30Z').getDate('Australia/Sydney')", "14"),
            ("timestamp(0).getHours('-00:30')", "23"),
            ("timestamp(0).getHours('Nowhere/City')", "invalid_argument"),
            ("timestamp('2023-02-29T00:00:00Z')", "type_conversion"),
            ("string(timestamp('2024-02-29T12:00:00.10+01:30'))", "\"2024-02-29T10:30:00.1Z\""),
            ("duration('90m').getHours()", "1"),
            ("duration('123.321456789s').getMilliseconds()", "321"), ("string(duration('1h1ms'))", "\"3600.001s\""),
            ("duration('1d')", "type_conversion"),
            ("timestamp(1) - timestamp(0) == duration('1s')", "true"), ("duration('1m') > duration('59s')", "true"),
            ("int(timestamp('1970-01-01T00:00:59.9Z'))", "59"),
            ("timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')", "0"), ("duration('')", "type_conversion"),
            ("duration('-1.5h') + duration('1.5h')", "\"0s\""),
        ] as [(String, String)])
    func times(source: String, expected: String) throws { #expect(try render(source) == expected) }

    @Test(
        "conversions",
        arguments: [
            ("int('-7') + int(7u) + int(7.9)", "7"), ("uint('7') + uint(7.9)", "14"), ("int(' 7')", "type_conversion"),
            ("int('0x7')", "type_conversion"),
            ("uint('-1')", "type_conversion"), ("double('1e3')", "1000.0"), ("double('a')", "type_conversion"),
            ("bool('t')", "true"), ("bool('yes')", "type_conversion"),
            ("string(1.0) + string(6.02214e23) + string(-0.1)", "\"16.02214e+23-0.1\""),
            ("string(b'\\xff')", "type_conversion"), ("string(null)", "no_such_overload"),
            (
                "string(1e6) + ' ' + string(123456.0) + ' ' + string(0.0001) + ' ' + string(0.00001)",
                "\"1e+06 123456 0.0001 1e-05\""
            ),
            ("string(-0.0) + ' ' + string(1234567.5) + ' ' + string(5e-324)", "\"-0 1.2345675e+06 5e-324\""),
            ("bytes('é').size()", "2"), ("type(dyn(1u)) == uint", "true"), ("type(type(1)) == type", "true"),
            ("string(true)", "\"true\""),
        ] as [(String, String)])
    func conversions(source: String, expected: String) throws { #expect(try render(source) == expected) }
}
