import HiveCore
import HiveTesting
import Testing

/// Values, their bytes, and that both tell the same values apart.
@Suite struct CBORValueTests {
    @Test("CBORValue comes back from its bytes", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let value = generator.value()
        let bytes = value.encoded()
        let back = try CBORValue(decoding: bytes)
        #expect(back == value, "seed \(seed)")
        #expect(back.hashValue == value.hashValue, "seed \(seed)")
        #expect(back.encoded() == bytes, "seed \(seed)")
        var decoder = CBORDecoder([0x00] + bytes + [0x01])
        #expect(try decoder.decodeUnsigned() == 0)
        #expect(try decoder.decodeRawItem() == bytes, "seed \(seed)")
        #expect(try decoder.decodeUnsigned() == 1)
    }

    @Test("CBORValue is equal exactly where its bytes are", arguments: 0..<40 as Range<UInt64>)
    func equality(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        let values = (0..<60).map { _ in generator.value(depth: 4) }
        for left in values {
            for right in values { #expect((left == right) == (left.encoded() == right.encoded()), "seed \(seed)") }
        }
        #expect(Set(values).count == Set(values.map { $0.encoded() }).count, "seed \(seed)")
    }

    @Test("CBORValue tells apart what Swift holds for equal, and knows one not-a-number")
    func distinctions() {
        #expect(CBORValue.text("\u{e9}") != .text("e\u{301}"))
        #expect(CBORValue.double(0) != .double(-0.0))
        #expect(CBORValue.double(1) != .integer(1))
        #expect(CBORValue.double(.nan) == .double(-.nan))
        #expect(Set([CBORValue.double(.nan), .double(.signalingNaN)]).count == 1)
        #expect(CBORValue.bytes([0x61]) != .text("a"))
    }

    @Test(
        "CBORValue refuses altered bytes or reads them as what they say, and never traps",
        arguments: 0..<300 as Range<UInt64>)
    func altered(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        var bytes = generator.value().encoded()
        for _ in 0..<Int.random(in: 1...4, using: &generator.random) {
            let place = Int.random(in: bytes.indices, using: &generator.random)
            switch Int.random(in: 0..<3, using: &generator.random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator.random)
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator.random), at: place)
            default: bytes = Array(bytes[...place])
            }
        }
        expectCanonical(bytes, "seed \(seed)")
    }

    @Test("CBORValue reads no two byte strings as one value", arguments: 0..<600 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        for count in 1...24 { expectCanonical(generator.bytes(count: count), "seed \(seed)") }
    }

    @Test("CBORValue reads every item of up to two bytes only if it would write it")
    func short() {
        for first in UInt8.min...UInt8.max {
            expectCanonical([first], "one byte")
            for second in UInt8.min...UInt8.max { expectCanonical([first, second], "two bytes") }
        }
    }

    /// Whatever is read must be written as the same bytes, and both ways to read must agree.
    private func expectCanonical(_ bytes: [UInt8], _ note: Comment) {
        var skipper = CBORDecoder(bytes)
        var skipped: [UInt8]?
        var problem: CBORError?
        do throws(CBORError) {
            skipped = try skipper.decodeRawItem()
            try skipper.finish()
        } catch { problem = error }
        do throws(CBORError) {
            let value = try CBORValue(decoding: bytes)
            #expect(value.encoded() == bytes, note)
            #expect(problem == nil && skipped == bytes, note)
        } catch {
            #expect(problem == error, note)
        }
    }

    @Test("CBORMap puts keys in the order of their bytes; the last of equal keys counts")
    func maps() throws {
        // RFC 8949 §4.2.1: 10, 100, -1, "z", "aa", [100], [-1], false.
        let keys: [CBORValue] = [
            .integer(10), .integer(100), .integer(-1), .text("z"), .text("aa"), .array([.integer(100)]),
            .array([.integer(-1)]), .bool(false),
        ]
        for seed in UInt64(0)..<20 {
            var random = SeededRandom(seed: seed)
            let entries = (keys + keys).enumerated().map { CBORMap.Entry(key: $1, value: .integer(Int64($0))) }
            let first = entries.prefix(keys.count).shuffled(using: &random)
            let last = entries.suffix(keys.count).shuffled(using: &random)
            let map = CBORMap(first + last)
            #expect(map.map(\.key) == keys, "seed \(seed)")
            #expect(map.map(\.value) == (8..<16).map(CBORValue.integer), "seed \(seed)")
            #expect(try CBORValue(decoding: CBORValue.map(map).encoded()) == .map(map), "seed \(seed)")
        }
    }

    @Test("CBORValue answers for what it holds")
    func accessors() {
        let value = CBORValue.map(["t": .text("x"), "b": .bytes([1]), "a": .array([.null])])
        #expect(value["t"]?.text == "x")
        #expect(value["b"]?.bytes == [1])
        #expect(value["a"]?.array == [.null])
        #expect(value["none"] == nil)
        #expect(CBORValue.null["t"] == nil)
        #expect(value.text == nil && value.bytes == nil && value.array == nil && value.integer == nil)
    }

    @Test("CBOREncoder writes every half-precision number in two bytes and reads it back")
    func halves() throws {
        for bits in UInt16.min...UInt16.max {
            let isNaN = bits & 0x7C00 == 0x7C00 && bits & 0x3FF != 0
            let bytes: [UInt8] = [0xF9, UInt8(bits >> 8), UInt8(truncatingIfNeeded: bits)]
            var decoder = CBORDecoder(bytes)
            if isNaN, bits != 0x7E00 {
                #expect(throws: CBORError.self) { try decoder.decodeDouble() }
                continue
            }
            var encoder = CBOREncoder()
            encoder.encode(double: try decoder.decodeDouble())
            #expect(encoder.bytes == bytes)
        }
    }
}
