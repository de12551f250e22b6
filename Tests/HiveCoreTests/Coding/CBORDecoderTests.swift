import HiveCore
import Testing

/// What a decoder refuses, and where it says that it does.
@Suite struct CBORDecoderTests {
    private func failure(_ hex: String, _ read: (inout CBORDecoder) throws(CBORError) -> Void) throws -> CBORError? {
        var decoder = CBORDecoder(try #require(Hex.decode(hex)))
        do throws(CBORError) {
            try read(&decoder)
            return nil
        } catch { return error }
    }

    @Test(
        "CBORDecoder refuses integers that are not in their shortest form",
        arguments: [
            "1817", "190000", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5800", "7800", "9800", "b800",
        ])
    func shortestIntegers(hex: String) throws {
        let error = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeRawItem() }
        #expect(error?.code == .notDeterministic)
        #expect(error?.offset == 0)
    }

    @Test(
        "CBORDecoder refuses numbers with a shorter floating-point form, and all but one not-a-number",
        arguments: [
            "fa3f800000", "fb3ff0000000000000", "fb40f86a0000000000", "fa00000000", "fb8000000000000000", "f97e01",
            "f97c01", "f9fe00", "fa33800000",
        ])
    func shortestNumbers(hex: String) throws {
        let error = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeDouble() }
        #expect(error?.code == .notDeterministic)
    }

    @Test(
        "CBORDecoder refuses reserved forms of an item",
        arguments: ["1c", "1d", "1e", "3c", "5d", "7e", "9c", "bd", "fc", "fd", "fe", "ff", "f800", "f818", "e0", "f3"])
    func reserved(hex: String) throws {
        let error = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeRawItem() }
        #expect(error?.code == .unsupported)
    }

    @Test(
        "CBORDecoder refuses maps whose keys are out of order or come twice",
        arguments: ["a2616201616102", "a2616101616102", "a2030001 00", "a2 6161 00 18 18 00", "a2 20 00 18ff 00"])
    func keys(hex: String) throws {
        let error = try failure(hex.filter { $0 != " " }) { decoder throws(CBORError) in _ = try decoder.decodeRawItem()
        }
        #expect(error?.code == .notDeterministic)
        let bytes = try #require(Hex.decode(hex.filter { $0 != " " }))
        #expect(throws: CBORError.self) { try CBORValue(decoding: bytes) }
    }

    @Test(
        "CBORDecoder refuses what claims more than there is, before it allocates",
        arguments: [
            "", "18", "19ff", "1a000000", "1b00000000000000", "41", "5bffffffffffffffff", "5b7fffffffffffffff",
            "7bffffffffffffffff", "81", "9bffffffffffffffff", "9b7fffffffffffffff", "a1", "a100", "bbffffffffffffffff",
            "bb4000000000000000", "f9", "f97e", "fa000000", "fb00000000000000", "8201",
        ])
    func truncated(hex: String) throws {
        let skipped = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeRawItem() }
        #expect(skipped?.code == .truncated)
        let read = try failure(hex) { decoder throws(CBORError) in _ = try CBORValue(from: &decoder) }
        #expect(read == skipped)
    }

    @Test(
        "CBORDecoder refuses texts that are not UTF-8",
        arguments: ["61ff", "62c328", "63eda080", "64f4908080", "62c080", "61c3", "64f0808080"])
    func invalidText(hex: String) throws {
        let error = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeText() }
        #expect(error?.code == .invalidText)
        #expect(error?.offset == 0)
    }

    @Test("CBORDecoder nests as deep as it says and no deeper")
    func depth() throws {
        let arrays = [UInt8](repeating: 0x81, count: CBORDecoder.maximumDepth)
        #expect(try CBORValue(decoding: arrays + [0x00]).encoded() == arrays + [0x00])
        let maps = (0..<CBORDecoder.maximumDepth).flatMap { _ in [0xA1, 0x00] as [UInt8] }
        #expect(try CBORValue(decoding: maps + [0x00]).encoded() == maps + [0x00])
        for deeper in [arrays + [0x80], maps + [0xA0], [UInt8](repeating: 0x81, count: 100_000) + [0x00]] {
            let skipped = try failure(Hex.encode(deeper)) { decoder throws(CBORError) in _ = try decoder.decodeRawItem()
            }
            #expect(skipped?.code == .tooDeep)
            let read = try failure(Hex.encode(deeper)) { decoder throws(CBORError) in _ = try CBORValue(from: &decoder)
            }
            #expect(read?.code == .tooDeep)
        }
    }

    @Test("CBORDecoder reads the edges of integers")
    func integers() throws {
        for integer in [Int64.min, -1 << 32, -257, -24, -1, 0, 23, 24, 255, 256, 65_535, 65_536, 1 << 32, .max] {
            var encoder = CBOREncoder()
            encoder.encode(integer: integer)
            var decoder = CBORDecoder(encoder.bytes)
            #expect(try decoder.decodeInteger() == integer)
            #expect(CBORValue.integer(integer).encoded() == encoder.bytes)
            #expect(CBORValue.integer(integer).integer == integer)
        }
        for hex in ["1b8000000000000000", "3b8000000000000000"] {
            let error = try failure(hex) { decoder throws(CBORError) in _ = try decoder.decodeInteger() }
            #expect(error?.code == .unexpectedValue)
        }
        #expect(CBORValue.unsigned(1 << 63).integer == nil)
        #expect(CBORValue.negative(1 << 63).integer == nil)
    }

    @Test("CBORDecoder says what it expected and where")
    func wrongType() throws {
        let error = try failure("0061") { decoder throws(CBORError) in
            _ = try decoder.decodeUnsigned()
            _ = try decoder.decodeBytes()
        }
        #expect(error == CBORError(code: .wrongType, offset: 1, message: "expected a byte string, found a text"))
        let bool = try failure("f6") { decoder throws(CBORError) in _ = try decoder.decodeBool() }
        #expect(bool?.code == .wrongType)
        let null = try failure("f5") { decoder throws(CBORError) in try decoder.decodeNull() }
        #expect(null?.code == .wrongType)
        let digest = try failure("4100") { decoder throws(CBORError) in _ = try decoder.decodeDigest() }
        #expect(digest?.code == .unexpectedValue)
    }

    @Test("CBORDecoder takes a null only where one is")
    func nulls() throws {
        var decoder = CBORDecoder([0xF6, 0x01])
        #expect(try decoder.decodeNullIfPresent())
        #expect(try !decoder.decodeNullIfPresent())
        #expect(try decoder.decodeUnsigned() == 1)
        #expect(decoder.isAtEnd)
        #expect(throws: CBORError.self) { try decoder.decodeNullIfPresent() }
    }

    @Test("CBORDecoder notices bytes after the end")
    func trailing() throws {
        #expect(throws: CBORError.self) { try CBORValue(decoding: [0x00, 0x00]) }
        var decoder = CBORDecoder([0x00, 0x00])
        #expect(try decoder.decodeRawItem() == [0x00])
        #expect(throws: CBORError.self) { try decoder.finish() }
    }
}
