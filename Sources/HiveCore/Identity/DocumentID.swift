/// A document: 16 bytes, random or derived from a natural key.
public struct DocumentID: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// Nil unless there are exactly 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in bytes.enumerated() {
            if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
        }
        (high, low) = words
    }

    /// Nil for anything but 32 hexadecimal digits.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The first 16 bytes of `SHA-256("hive/1/document" ‖ 0 ‖ CBOR [kind, key, generation])`.
    public static func derived(kind: UInt64, key: [UInt8], generation: UInt64) -> DocumentID {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 3)
        encoder.encode(unsigned: kind)
        encoder.encode(bytes: key)
        encoder.encode(unsigned: generation)
        let digest = Digest.sha256(domain: "hive/1/document", encoder.bytes)
        guard let document = DocumentID(bytes: digest.bytes.prefix(16)) else {
            preconditionFailure("a digest has at least 16 bytes")
        }
        return document
    }

    public var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    }

    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// 32 hexadecimal digits.
    public var description: String { Hex.encode(bytes) }

    /// The first 8 hexadecimal digits, for people.
    public var short: String { String(description.prefix(8)) }
}
