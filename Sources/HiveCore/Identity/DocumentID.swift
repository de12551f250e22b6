/// A document: 16 bytes, random or derived from a natural key. Identities compare as their bytes do.
public struct DocumentID: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// How many bytes an identity has.
    public static let length = 16

    /// Nil unless there are exactly 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        let inPlace = bytes.withContiguousStorageIfAvailable { DocumentID(raw: UnsafeRawBufferPointer($0)) }
        self = inPlace ?? Array(bytes).withUnsafeBytes(DocumentID.init(raw:))
    }

    private init(raw: UnsafeRawBufferPointer) {
        high = raw.bigEndian(at: 0)
        low = raw.bigEndian(at: 8)
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
        return Digest.sha256(domain: "hive/1/document", encoder.bytes).withBytes(DocumentID.init(raw:))
    }

    public var bytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { [UInt8]($0) } }

    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    /// 32 hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }
    public var description: String { hex }

    /// The first 8 hexadecimal digits, for people.
    public var short: String { String(hex.prefix(8)) }
}
