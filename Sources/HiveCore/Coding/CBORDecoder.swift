/// Reads deterministic CBOR and refuses every other form of the same data, so that one meaning has one encoding.
/// Nothing is allocated by a length before the bytes for it were seen.
public struct CBORDecoder: Sendable {
    /// How deep arrays and maps may nest.
    public static let maximumDepth = 32

    private let bytes: [UInt8]
    public private(set) var offset = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var isAtEnd: Bool { offset == bytes.count }

    public func peekMajorType() throws(CBORError) -> CBORMajorType {
        guard offset < bytes.count else { throw error(.truncated, "the data ends where an item should begin") }
        guard let type = CBORMajorType(rawValue: bytes[offset] >> 5) else { throw error(.unsupported, "no such type") }
        return type
    }

    public mutating func decodeUnsigned() throws(CBORError) -> UInt64 { try argument(of: .unsigned) }

    public mutating func decodeInteger() throws(CBORError) -> Int64 {
        let type = try peekMajorType()
        let start = offset
        let value = try argument(of: type == .negative ? .negative : .unsigned)
        guard let integer = Int64(exactly: value) else {
            throw CBORError(code: .unexpectedValue, offset: start, message: "an integer does not fit into 64 bits")
        }
        return type == .negative ? -1 - integer : integer
    }

    public mutating func decodeNegative() throws(CBORError) -> UInt64 { try argument(of: .negative) }

    public mutating func decodeBytes() throws(CBORError) -> [UInt8] {
        let count = try argument(of: .bytes)
        return Array(try take(count))
    }

    public mutating func decodeDigest() throws(CBORError) -> Digest {
        let count = try argument(of: .bytes)
        guard let digest = Digest(bytes: try take(count)) else {
            throw error(.unexpectedValue, "a hash has 32 bytes")
        }
        return digest
    }

    public mutating func decodeText() throws(CBORError) -> String {
        let count = try argument(of: .text)
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw error(.invalidText, "a text is not valid UTF-8")
        }
        return text
    }

    public mutating func decodeBool() throws(CBORError) -> Bool {
        switch try byte() {
        case 0xF4: return false
        case 0xF5: return true
        default: throw error(.wrongType, "expected true or false")
        }
    }

    public mutating func decodeNull() throws(CBORError) {
        guard try byte() == 0xF6 else { throw error(.wrongType, "expected null") }
    }

    /// Takes a null where one is next; leaves anything else where it is.
    public mutating func decodeNullIfPresent() throws(CBORError) -> Bool {
        guard offset < bytes.count else { throw error(.truncated, "the data ends where an item should begin") }
        guard bytes[offset] == 0xF6 else { return false }
        offset += 1
        return true
    }

    public mutating func decodeDouble() throws(CBORError) -> Double {
        let start = offset
        let value: Double
        switch try byte() {
        case 0xF9: value = HalfPrecision.value(of: UInt16(try bigEndian(2)))
        case 0xFA: value = Double(Float(bitPattern: UInt32(try bigEndian(4))))
        case 0xFB: value = Double(bitPattern: try bigEndian(8))
        default: throw error(.wrongType, "expected a floating-point number")
        }
        var encoder = CBOREncoder(reserving: 9)
        encoder.encode(double: value)
        guard encoder.bytes.elementsEqual(bytes[start..<offset]) else {
            throw CBORError(code: .notDeterministic, offset: start, message: "a number is not in its shortest form")
        }
        return value
    }

    public mutating func beginArray() throws(CBORError) -> Int { try count(of: .array, itemsPerEntry: 1) }
    public mutating func beginMap() throws(CBORError) -> Int { try count(of: .map, itemsPerEntry: 2) }

    /// Takes one well-formed deterministic item and returns its bytes.
    public mutating func decodeRawItem() throws(CBORError) -> [UInt8] {
        let start = offset
        try skipItem(depth: 0)
        return Array(bytes[start..<offset])
    }

    /// Throws unless everything was read.
    public func finish() throws(CBORError) {
        guard isAtEnd else { throw error(.trailingBytes, "there are bytes after the end of the data") }
    }

    private mutating func skipItem(depth: Int) throws(CBORError) {
        guard depth <= Self.maximumDepth else { throw error(.tooDeep, "the data nests too deep") }
        switch try peekMajorType() {
        case .unsigned, .negative: _ = try decodeHead()
        case .bytes: _ = try take(try argument(of: .bytes))
        case .text: _ = try decodeText()
        case .array:
            for _ in 0..<(try beginArray()) { try skipItem(depth: depth + 1) }
        case .map: try skipMap(depth: depth)
        case .tag: throw error(.unsupported, "tags are not part of this format")
        case .simple:
            switch bytes[offset] {
            case 0xF4, 0xF5, 0xF6: offset += 1
            default: _ = try decodeDouble()
            }
        }
    }

    private mutating func skipMap(depth: Int) throws(CBORError) {
        var previous: ArraySlice<UInt8>?
        for _ in 0..<(try beginMap()) {
            let start = offset
            try skipItem(depth: depth + 1)
            let key = bytes[start..<offset]
            if let previous, !previous.lexicographicallyPrecedes(key) {
                throw CBORError(code: .notDeterministic, offset: start, message: "map keys are not in order, each once")
            }
            previous = key
            try skipItem(depth: depth + 1)
        }
    }

    private mutating func count(of type: CBORMajorType, itemsPerEntry: UInt64) throws(CBORError) -> Int {
        let count = try argument(of: type)
        guard count <= UInt64(bytes.count - offset) / itemsPerEntry else {
            throw error(.truncated, "a list claims more items than there are bytes")
        }
        return Int(count)
    }

    private mutating func argument(of type: CBORMajorType) throws(CBORError) -> UInt64 {
        guard try peekMajorType() == type else { throw error(.wrongType, "expected another type of item") }
        return try decodeHead()
    }

    private mutating func decodeHead() throws(CBORError) -> UInt64 {
        let start = offset
        let information = try byte() & 31
        let value: UInt64
        let least: UInt64
        switch information {
        case 0..<24: return UInt64(information)
        case 24: (value, least) = (try bigEndian(1), 24)
        case 25: (value, least) = (try bigEndian(2), 0x100)
        case 26: (value, least) = (try bigEndian(4), 0x1_0000)
        case 27: (value, least) = (try bigEndian(8), 0x1_0000_0000)
        case 31:
            throw CBORError(code: .notDeterministic, offset: start, message: "indefinite lengths are not allowed")
        default: throw CBORError(code: .unsupported, offset: start, message: "reserved additional information")
        }
        guard value >= least else {
            throw CBORError(code: .notDeterministic, offset: start, message: "a number is not in its shortest form")
        }
        return value
    }

    private mutating func byte() throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw error(.truncated, "the data ends inside an item") }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func bigEndian(_ width: Int) throws(CBORError) -> UInt64 {
        try take(UInt64(width)).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: UInt64) throws(CBORError) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - offset) else { throw error(.truncated, "the data ends inside an item") }
        defer { offset += Int(count) }
        return bytes[offset..<(offset + Int(count))]
    }

    private func error(_ code: CBORError.Code, _ message: String) -> CBORError {
        CBORError(code: code, offset: offset, message: message)
    }
}
