import HiveCore
import Testing

/// RFC 8949 Appendix A, whole: what deterministic encoding (§4.2.1) knows is read and written, all else is refused.
@Suite struct CBORVectorTests {
    private static let accepted: [(CBORValue, String)] = [
        (.integer(0), "00"), (.integer(1), "01"), (.integer(10), "0a"), (.integer(23), "17"), (.integer(24), "1818"),
        (.integer(25), "1819"), (.integer(100), "1864"), (.integer(1000), "1903e8"),
        (.integer(1_000_000), "1a000f4240"),
        (.integer(1_000_000_000_000), "1b000000e8d4a51000"), (.unsigned(.max), "1bffffffffffffffff"),
        (.negative(.max), "3bffffffffffffffff"), (.integer(-1), "20"), (.integer(-10), "29"), (.integer(-100), "3863"),
        (.integer(-1000), "3903e7"),
        (.double(0), "f90000"), (.double(-0.0), "f98000"), (.double(1), "f93c00"), (.double(1.1), "fb3ff199999999999a"),
        (.double(1.5), "f93e00"), (.double(65504), "f97bff"), (.double(100_000), "fa47c35000"),
        (.double(3.4028234663852886e+38), "fa7f7fffff"), (.double(1.0e+300), "fb7e37e43c8800759c"),
        (.double(5.960464477539063e-8), "f90001"), (.double(0.00006103515625), "f90400"), (.double(-4), "f9c400"),
        (.double(-4.1), "fbc010666666666666"), (.double(.infinity), "f97c00"), (.double(.nan), "f97e00"),
        (.double(-.infinity), "f9fc00"),
        (.bool(false), "f4"), (.bool(true), "f5"), (.null, "f6"),
        (.bytes([]), "40"), (.bytes([1, 2, 3, 4]), "4401020304"),
        (.text(""), "60"), (.text("a"), "6161"), (.text("IETF"), "6449455446"), (.text("\"\\"), "62225c"),
        (.text("\u{fc}"), "62c3bc"), (.text("\u{6c34}"), "63e6b0b4"), (.text("\u{10151}"), "64f0908591"),
        (.array([]), "80"), (.array([.integer(1), .integer(2), .integer(3)]), "83010203"),
        (
            .array([.integer(1), .array([.integer(2), .integer(3)]), .array([.integer(4), .integer(5)])]),
            "8301820203820405"
        ),
        (.array((1...25).map(CBORValue.integer)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
        (.map([:]), "a0"),
        (
            .map(CBORMap([.init(key: .integer(1), value: .integer(2)), .init(key: .integer(3), value: .integer(4))])),
            "a201020304"
        ),
        (.map(["a": .integer(1), "b": .array([.integer(2), .integer(3)])]), "a26161016162820203"),
        (.array([.text("a"), .map(["b": .text("c")])]), "826161a161626163"),
        (
            .map(["a": .text("A"), "b": .text("B"), "c": .text("C"), "d": .text("D"), "e": .text("E")]),
            "a56161614161626142616361436164614461656145"
        ),
    ]

    private static let refused: [(String, CBORError.Code)] = [
        ("c249010000000000000000", .unsupported), ("c349010000000000000000", .unsupported),
        ("fa7f800000", .notDeterministic), ("fa7fc00000", .notDeterministic), ("faff800000", .notDeterministic),
        ("fb7ff0000000000000", .notDeterministic), ("fb7ff8000000000000", .notDeterministic),
        ("fbfff0000000000000", .notDeterministic),
        ("f7", .unsupported), ("f0", .unsupported), ("f8ff", .unsupported),
        ("c074323031332d30332d32315432303a30343a30305a", .unsupported), ("c11a514b67b0", .unsupported),
        ("c1fb41d452d9e2000000", .unsupported), ("d74401020304", .unsupported), ("d818456449455446", .unsupported),
        ("d82076687474703a2f2f7777772e6578616d706c652e636f6d", .unsupported),
        ("5f42010243030405ff", .notDeterministic), ("7f657374726561646d696e67ff", .notDeterministic),
        ("9fff", .notDeterministic), ("9f018202039f0405ffff", .notDeterministic),
        ("9f01820203820405ff", .notDeterministic), ("83018202039f0405ff", .notDeterministic),
        ("83019f0203ff820405", .notDeterministic),
        ("9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", .notDeterministic),
        ("bf61610161629f0203ffff", .notDeterministic), ("826161bf61626163ff", .notDeterministic),
        ("bf6346756ef563416d7421ff", .notDeterministic),
    ]

    @Test("CBORValue writes and reads the examples of RFC 8949", arguments: accepted)
    func reads(value: CBORValue, hex: String) throws {
        #expect(Hex.encode(value.encoded()) == hex)
        #expect(try CBORValue(decoding: #require(Hex.decode(hex))) == value)
        var decoder = CBORDecoder(value.encoded())
        #expect(try decoder.decodeRawItem() == value.encoded())
        try decoder.finish()
    }

    @Test("CBORValue refuses the examples of RFC 8949 that are not deterministic or not in use", arguments: refused)
    func refuses(hex: String, code: CBORError.Code) throws {
        let bytes = try #require(Hex.decode(hex))
        #expect(throws: CBORError.self) { try CBORValue(decoding: bytes) }
        do throws(CBORError) {
            _ = try CBORValue(decoding: bytes)
        } catch {
            #expect(error.code == code, "\(error)")
        }
        #expect(throws: CBORError.self) {
            var decoder = CBORDecoder(bytes)
            _ = try decoder.decodeRawItem()
        }
    }
}
