/// Any item of deterministic CBOR that Hive uses: what values of fields are. Values are equal exactly if their
/// encodings are: texts by their bytes (not by how Unicode composes characters), 0.0 and -0.0 apart, one not-a-number.
public enum CBORValue: Sendable {
    case unsigned(UInt64)
    /// The integer `-1 - n`.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map(CBORMap)
    case bool(Bool)
    case null
    case double(Double)

    public static func integer(_ value: Int64) -> CBORValue {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(-1 - value))
    }

    /// A map under texts.
    public static func map(_ entries: [String: CBORValue]) -> CBORValue {
        .map(CBORMap(entries.map { CBORMap.Entry(key: .text($0.key), value: $0.value) }))
    }
}

extension CBORValue {
    public var text: String? {
        guard case .text(let value) = self else { return nil }
        return value
    }

    public var bytes: [UInt8]? {
        guard case .bytes(let value) = self else { return nil }
        return value
    }

    public var array: [CBORValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// The value of an integer that fits into 64 bits.
    public var integer: Int64? {
        switch self {
        case .unsigned(let value): Int64(exactly: value)
        case .negative(let value): Int64(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    /// What a map holds under a text; nil for anything but a map.
    public subscript(key: String) -> CBORValue? {
        guard case .map(let map) = self else { return nil }
        return map[key]
    }
}
