/// A field of a document: a number in its kind's schema, or the truncated hash of a path that the body spells.
public enum FieldID: Sendable, Hashable, Comparable {
    case number(UInt64)
    /// The first 8 bytes of `SHA-256("hive/1/path" ‖ 0 ‖ path)`, big-endian.
    case path(UInt64)

    public static func path(_ path: String) -> FieldID {
        let digest = Digest.sha256(domain: "hive/1/path", Array(path.utf8))
        return .path(digest.bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Whether it stands for a path.
    var isPath: Bool { if case .path = self { true } else { false } }

    /// Numbers come before paths.
    public static func < (left: FieldID, right: FieldID) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)), (.path(let left), .path(let right)): left < right
        case (.number, .path): true
        case (.path, .number): false
        }
    }

    /// A number is a CBOR integer, a path a byte string of 8.
    public func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .number(let number): encoder.encode(unsigned: number)
        case .path(let hash):
            encoder.encode(bytes: (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(56 - 8 * $0)) })
        }
    }

    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        guard try decoder.peekMajorType() == .bytes else {
            self = .number(try decoder.decodeUnsigned())
            return
        }
        let bytes = try decoder.decodeBytes()
        guard bytes.count == 8 else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a path's hash has 8 bytes")
        }
        self = .path(bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
