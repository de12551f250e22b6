import HiveAPI
import Testing

@Suite struct JSONParsingTests {
    @Test(
        "Valid text becomes its value",
        arguments: [
            ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("1.0", .number(1)),
            ("1e3", .number(1000)), ("-1.5E-2", .number(-0.015)),
            ("9223372036854775808", .number(9.223372036854775808e18)),
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"), (#""é\u00e9\ud83d\udc1d""#, "éé🐝"),
            ("[]", []), ("[1,[2],{}]", [1, [2], [:]]), (#"{"a":{"b":[null]},"c":""}"#, ["a": ["b": [.null]], "c": ""]),
            (#"{"":1}"#, ["": 1]), (#""\u0000""#, "\u{0}"),
        ] as [(String, JSONValue)])
    func valid(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(
        "Invalid text is refused with the byte",
        arguments: [
            "", " ", "nul", "nulll", "True", "01", "1.", ".5", "+1", "1e", "1e+", "--1", "0x1", "NaN", "Infinity",
            "1e999", "\"", "\"\t\"", #""\x""#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "[", "[1",
            "[1,]",
            "[,1]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{"a":1,"a":2}"#, "1 2", "[]]", "'a'", "/**/1",
        ])
    func invalid(text: String) {
        #expect(throws: HiveError(.invalidJSON, "")) { try JSONValue(parsing: text) }
    }

    @Test("Bytes that are no UTF-8 are refused inside strings and outside")
    func invalidUTF8() {
        for bytes: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0xEF, 0xBB, 0xBF, 0x31], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect(throws: HiveError(.invalidJSON, "")) { try JSONValue(parsing: bytes) }
        }
    }

    @Test("Nesting is bounded, so no text can exhaust the stack")
    func depth() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        _ = try JSONValue(parsing: deep)
        #expect(throws: HiveError(.invalidJSON, "")) { try JSONValue(parsing: "[\(deep)]") }
        #expect(throws: HiveError(.invalidJSON, "")) {
            try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
        }
    }

    @Test("What is written is read back, members sorted, on one line", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let value = Self.random(&random, depth: 4)
            let text = value.text
            #expect(!text.contains("\n"), "seed \(seed)")
            #expect(try JSONValue(parsing: text) == value, "seed \(seed): \(text)")
        }
    }

    @Test("Members are written in the order of their names")
    func order() {
        let value: JSONValue = ["b": 1, "a": [true, .null], "é": 1.5, "B": "x\n"]
        #expect(value.text == #"{"B":"x\n","a":[true,null],"b":1,"é":1.5}"#)
        #expect(JSONValue.number(.infinity).text == "null")
    }

    private static func random(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3:
            let value = Double.random(in: -1e20...1e20, using: &random) + 0.25
            return .number(value)
        case 4: return .string(text(&random))
        case 5: return .array((0..<3).map { _ in Self.random(&random, depth: depth - 1) })
        default:
            let names = (0..<3).map { "\($0)\(text(&random))" }
            return .object(
                Dictionary(uniqueKeysWithValues: names.map { ($0, Self.random(&random, depth: depth - 1)) }))
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0..<8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<0x11000, using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
