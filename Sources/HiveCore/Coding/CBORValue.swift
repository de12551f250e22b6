/// Any item of deterministic CBOR that Hive uses: what values of fields are.
public indirect enum CBORValue: Sendable, Hashable {
    case unsigned(UInt64)
    /// The integer `-1 - n`.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    /// Entries in the order of their encoded keys, each key once; use `map(_:)` to make one.
    case map([Entry])
    case bool(Bool)
    case null
    case double(Double)

    /// One pair of a map.
    public struct Entry: Sendable, Hashable {
        public let key: CBORValue
        public let value: CBORValue

        public init(key: CBORValue, value: CBORValue) {
            self.key = key
            self.value = value
        }
    }

    public static func integer(_ value: Int64) -> CBORValue {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(-1 - value))
    }

    /// A map with its entries put in order; of entries with one key the last counts.
    public static func map(_ entries: [String: CBORValue]) -> CBORValue {
        let encoded = entries.map { (key: CBORValue.text($0.key), value: $0.value) }
            .map { (bytes: $0.key.encoded(), entry: Entry(key: $0.key, value: $0.value)) }
        return .map(encoded.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.entry))
    }

    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 32)
        encode(into: &encoder)
        return encoder.bytes
    }

    public func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .unsigned(let value): encoder.encode(unsigned: value)
        case .negative(let value): encoder.encode(negative: value)
        case .bytes(let value): encoder.encode(bytes: value)
        case .text(let value): encoder.encode(text: value)
        case .array(let values):
            encoder.beginArray(count: values.count)
            for value in values { value.encode(into: &encoder) }
        case .map(let entries):
            encoder.beginMap(count: entries.count)
            for entry in entries {
                entry.key.encode(into: &encoder)
                entry.value.encode(into: &encoder)
            }
        case .bool(let value): encoder.encode(bool: value)
        case .null: encoder.encodeNull()
        case .double(let value): encoder.encode(double: value)
        }
    }

    /// Reads exactly one item.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var checker = CBORDecoder(bytes)
        _ = try checker.decodeRawItem()
        try checker.finish()
        var decoder = CBORDecoder(bytes)
        self = try Self.read(&decoder)
    }

    /// Reads an item that was checked already for depth and order of keys.
    private static func read(_ decoder: inout CBORDecoder) throws(CBORError) -> CBORValue {
        switch try decoder.peekMajorType() {
        case .unsigned: return .unsigned(try decoder.decodeUnsigned())
        case .negative: return .negative(try decoder.decodeNegative())
        case .bytes: return .bytes(try decoder.decodeBytes())
        case .text: return .text(try decoder.decodeText())
        case .array: return .array(try decoder.decodeArray(read))
        case .map:
            let count = try decoder.beginMap()
            var entries: [Entry] = []
            for _ in 0..<count {
                let key = try read(&decoder)
                entries.append(Entry(key: key, value: try read(&decoder)))
            }
            return .map(entries)
        case .tag: throw CBORError(code: .unsupported, offset: decoder.offset, message: "tags are not supported")
        case .simple:
            if try decoder.decodeNullIfPresent() { return .null }
            return try simple(&decoder)
        }
    }

    private static func simple(_ decoder: inout CBORDecoder) throws(CBORError) -> CBORValue {
        var attempt = decoder
        if let bool = try? attempt.decodeBool() {
            decoder = attempt
            return .bool(bool)
        }
        return .double(try decoder.decodeDouble())
    }
}

extension CBORValue {
    public var text: String? {
        guard case .text(let value) = self else { return nil }
        return value
    }

    /// The value of an integer that fits into 64 bits.
    public var integer: Int64? {
        switch self {
        case .unsigned(let value): Int64(exactly: value)
        case .negative(let value): Int64(exactly: value).map { -1 - $0 }
        default: nil
        }
    }
}
