import HiveCEL
import Testing

@Suite struct ValueTests {
    @Test(
        "JSON is read and written",
        arguments: [
            (#"{"b":[1,-2.5,null,true],"a":"x\n\u0001😀"}"#, #"{"a":"x\n\u0001😀","b":[1,-2.5,null,true]}"#),
            ("  [ ] ", "[]"), (#""\ud83d\ude00\/""#, "\"😀/\""), ("1e2", "100.0"), ("-0", "0"),
            ("9223372036854775808", "9.223372036854776e+18"),
        ] as [(String, String)])
    func json(source: String, expected: String) throws {
        #expect(JSONText.render(try JSONText.parse(source)) == expected)
    }

    @Test(
        "What is no JSON is refused with its place",
        arguments: [
            ("", 1, 1), ("{\"a\":1,\n\"a\":2}", 2, 6), ("[1,]", 1, 4), ("01", 1, 3), ("\"a", 1, 3),
            ("\"\\ud800\"", 1, 8), ("[1] 2", 1, 5), ("nul", 1, 1),
            ("1e999", 1, 6), ("\"\n\"", 1, 2),
        ] as [(String, Int, Int)])
    func noJSON(source: String, line: Int, column: Int) throws {
        let error = try #require(throws: JSONText.Failure.self) { try JSONText.parse(source) }
        #expect(error.position.line == line, "\(error)")
        #expect(abs(error.position.column - column) <= 2, "\(error)")
    }

    @Test("Deep JSON is refused")
    func deepJSON() {
        #expect(throws: JSONText.Failure.self) { try JSONText.parse(String(repeating: "[", count: 100_000)) }
    }

    @Test("Every value survives the JSON form of cel.expr.Value", arguments: 0..<5 as Range<UInt64>)
    func protoJSON(seed: UInt64) throws {
        var random = Random(seed: seed)
        for _ in 0..<100 {
            let value = Self.value(depth: 3, &random)
            let text = JSONText.render(ProtoJSON.json(value))
            #expect(try ProtoJSON.value(try JSONText.parse(text)).isSame(as: value), "\(text)")
        }
    }

    private static func value(depth: Int, _ random: inout Random) -> Value {
        var generator = ExpressionGenerator(random: random)
        defer { random = generator.random }
        let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator.random)
        switch generator.random.below(depth > 0 ? 12 : 10) {
        case 0: return .null
        case 1: return .bool(generator.random.isOneIn(2))
        case 2: return .int(Int64(bitPattern: generator.random.next()))
        case 3: return .uint(generator.random.next())
        case 4: return .double(generator.random.pick([-0.0, .nan, .infinity, -.infinity, 1.5, Double(bitPattern: 3)]))
        case 5: return .string(generator.text())
        case 6:
            return .bytes(
                (0..<generator.random.below(5)).map { _ in UInt8.random(in: 0...255, using: &generator.random) })
        case 7: return .type("int")
        case 8:
            return Timestamp(seconds: seconds, nanoseconds: Int32(generator.random.below(1_000_000_000))).map(
                Value.timestamp) ?? .null
        case 9: return .duration(Duration64(nanoseconds: Int64(bitPattern: generator.random.next())))
        case 10: return .list((0..<generator.random.below(4)).map { _ in value(depth: depth - 1, &generator.random) })
        default:
            var map = ValueMap()
            for _ in 0..<generator.random.below(12) {
                let keys: [Value] = [.bool(true), .int(-3), .uint(generator.random.next()), .string(generator.text())]
                _ = map.insert(value(depth: depth - 1, &generator.random), for: generator.random.pick(keys))
            }
            return .map(map)
        }
    }

    @Test("Moments survive their text form, and the calendar agrees with itself", arguments: 0..<5 as Range<UInt64>)
    func timestamps(seed: UInt64) throws {
        var random = Random(seed: seed)
        for _ in 0..<500 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
            let moment = try #require(
                Timestamp(seconds: seconds, nanoseconds: random.isOneIn(2) ? 0 : Int32(random.below(1_000_000_000))))
            #expect(Timestamp(try #require(moment.text)) == moment)
        }
    }

    @Test("A map finds its keys as numbers and by bytes, small or large", arguments: [3, 20])
    func maps(count: Int) {
        var map = ValueMap()
        let numbers = (0..<count).map { map.insert(.int(Int64($0)), for: .int(Int64($0))) }
        #expect(!numbers.contains(false))
        let others = [Value.uint(1), .double(77), .string("\u{e9}"), .string("e\u{301}")].map {
            map.insert(.null, for: $0)
        }
        #expect(others == [false, false, true, true])
        #expect(map[.double(2)]?.equals(.int(2)) == true)
        #expect(map[.double(2.5)] == nil && map[.int(-1)] == nil && map[.uint(.max)] == nil && map[.null] == nil)
        #expect(map.count == count + 2)
    }

    @Test(
        "Types are written as they are read",
        arguments: [
            #"{"primitive":"INT64"}"#, #"{"listType":{"elemType":{"dyn":{}}}}"#,
            #"{"abstractType":{"name":"tuple","parameterTypes":[{"typeParam":"T"}]}}"#,
        ])
    func types(source: String) throws {
        let names = ["int", "list(dyn)", "tuple(T)"]
        #expect(names.contains(try ProtoJSON.type(try JSONText.parse(source)).description))
    }

    @Test(
        "What is no value and no type is refused",
        arguments: [
            #"{"int64Value":"x"}"#, "[]", #"{"int64Value":"1","uint64Value":"1"}"#,
            #"{"mapValue":{"entries":[{"key":{"doubleValue":1}}]}}"#,
            #"{"bytesValue":"*"}"#, #"{"objectValue":{"@type":"google.protobuf.Any","value":"x"}}"#,
            #"{"uint64Value":"-1"}"#,
        ])
    func malformed(source: String) throws {
        let json = try JSONText.parse(source)
        #expect(throws: ProtoJSON.Failure.self) { try ProtoJSON.value(json) }
        #expect(throws: ProtoJSON.Failure.self) { try ProtoJSON.type(json) }
    }
}
