import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

@Suite struct PortableValueTests {
    private struct Generator {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func value(_ depth: Int) -> CBORValue {
            switch next(depth > 0 ? 10 : 8) {
            case 0: .null
            case 1: .bool(next(2) == 0)
            case 2: .unsigned(next(2) == 0 ? .max - UInt64(next(5)) : UInt64(next(1000)))
            case 3: .negative(next(2) == 0 ? .max - UInt64(next(5)) : UInt64(next(1000)))
            case 4: .double([0.0, -0.0, 1, 1.5, 1e300, .infinity, -.infinity, .nan][next(8)])
            case 5: .bytes((0..<next(5)).map { UInt8($0) })
            case 6, 7: .text(["", "$bytes", "a\n\"\u{2028}", "☃", "$map"][next(5)])
            case 8: .array((0..<next(4)).map { _ in value(depth - 1) })
            default:
                .map(
                    CBORMap(
                        (0..<next(3)).map { _ in
                            CBORMap.Entry(
                                key: next(3) == 0 ? value(0) : .text(["$bytes", "k", "$x"][next(3)]),
                                value: value(depth - 1))
                        }))
            }
        }
    }

    @Test("Every value of a field comes back from its JSON text")
    func roundTrip() throws {
        var generator = Generator(state: 7)
        for _ in 0..<5000 {
            let value = generator.value(3)
            let text = PortableValue.json(value).text
            #expect(try PortableValue.cbor(try JSONValue(parsing: text)).encoded() == value.encoded(), "\(text)")
        }
    }

    @Test(
        "What stands for no value is refused",
        arguments: [["$what": 1], ["$bytes": "?"], ["$map": [[1]]]] as [JSONValue])
    func nonsense(json: JSONValue) {
        #expect(throws: HiveError.self) { try PortableValue.cbor(json) }
    }
}
