import HiveCore
import HiveFuzzing

extension FuzzTarget {
    /// Whatever is read as CBOR is written as the same bytes, since one meaning has one encoding; and what reads items
    /// without making values of them agrees with what makes values.
    static let cbor = FuzzTarget("cbor") { bytes in
        var values = CBORDecoder(bytes)
        let value = try? CBORValue(from: &values)
        var raw = CBORDecoder(bytes)
        let item = try? raw.decodeRawItem()
        expect((value == nil) == (item == nil), "an item is read whole exactly if it is passed over whole")
        guard let value, let item else { return }
        expect(values.offset == raw.offset, "both ways of reading end at one place")
        var encoder = CBOREncoder()
        value.encode(into: &encoder)
        expect(encoder.bytes == item, "an item is written as it was read")
    }
}
