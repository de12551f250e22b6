extension CBORValue {
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
        case .map(let map):
            encoder.beginMap(count: map.count)
            for entry in map {
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
        var decoder = CBORDecoder(bytes)
        try self.init(from: &decoder)
        try decoder.finish()
    }

    /// Reads the next item.
    public init(from decoder: inout CBORDecoder) throws(CBORError) { self = try Self.read(&decoder, depth: 0) }

    private static func read(_ decoder: inout CBORDecoder, depth: Int) throws(CBORError) -> CBORValue {
        switch try decoder.peekMajorType() {
        case .unsigned: return .unsigned(try decoder.decodeUnsigned())
        case .negative: return .negative(try decoder.decodeNegative())
        case .bytes: return .bytes(try decoder.decodeBytes())
        case .text: return .text(try decoder.decodeText())
        case .array: return .array(try readArray(&decoder, depth: depth))
        case .map: return .map(try readMap(&decoder, depth: depth))
        case .tag: throw decoder.error(.unsupported, "tags are not part of this format")
        case .simple: return try decoder.decodeSimple()
        }
    }

    private static func readArray(_ decoder: inout CBORDecoder, depth: Int) throws(CBORError) -> [CBORValue] {
        try decoder.checkDepth(depth)
        var values: [CBORValue] = []
        for _ in 0..<(try decoder.beginArray()) { values.append(try read(&decoder, depth: depth + 1)) }
        return values
    }

    private static func readMap(_ decoder: inout CBORDecoder, depth: Int) throws(CBORError) -> CBORMap {
        try decoder.checkDepth(depth)
        var entries: [CBORMap.Entry] = []
        var order = CBORKeyOrder()
        for _ in 0..<(try decoder.beginMap()) {
            let start = decoder.offset
            let key = try read(&decoder, depth: depth + 1)
            try order.take(decoder.bytes(since: start), at: start)
            entries.append(CBORMap.Entry(key: key, value: try read(&decoder, depth: depth + 1)))
        }
        return CBORMap(sorted: entries)
    }
}
