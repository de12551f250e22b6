/// Reads deterministic CBOR and refuses every other form of the same data, so that one meaning has one encoding.
/// Nothing is allocated by a length before the bytes for it were seen. What throws leaves the decoder in the middle of
/// an item: do not read on.
public struct CBORDecoder: Sendable {
    /// How deep arrays and maps may nest in one item.
    public static let maximumDepth = 32

    private let bytes: [UInt8]
    /// How many bytes were read.
    public private(set) var offset = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var isAtEnd: Bool { offset == bytes.count }

    public func peekMajorType() throws(CBORError) -> CBORMajorType {
        guard let type = CBORMajorType(rawValue: try peek() >> 5) else { throw error(.unsupported, "no such type") }
        return type
    }

    public mutating func decodeUnsigned() throws(CBORError) -> UInt64 { try argument(of: .unsigned) }

    public mutating func decodeInteger() throws(CBORError) -> Int64 {
        let start = offset
        let isNegative = try peekMajorType() == .negative
        let value = try argument(of: isNegative ? .negative : .unsigned)
        guard let integer = Int64(exactly: value) else {
            throw error(.unexpectedValue, "an integer does not fit into 64 bits", at: start)
        }
        return isNegative ? -1 - integer : integer
    }

    /// The `n` of the integer `-1 - n`.
    public mutating func decodeNegative() throws(CBORError) -> UInt64 { try argument(of: .negative) }

    public mutating func decodeBytes() throws(CBORError) -> [UInt8] {
        let count = try length(of: .bytes)
        defer { offset += count }
        return [UInt8](bytes[offset..<(offset + count)])
    }

    /// A byte string of 32.
    public mutating func decodeDigest() throws(CBORError) -> Digest {
        let start = offset
        guard try length(of: .bytes) == Digest.length else {
            throw error(.unexpectedValue, "a hash has 32 bytes", at: start)
        }
        defer { offset += Digest.length }
        return bytes.withUnsafeBytes { Digest(raw: UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    }

    public mutating func decodeText() throws(CBORError) -> String {
        let start = offset
        let count = try length(of: .text)
        guard let text = String(validating: bytes[offset..<(offset + count)], as: UTF8.self) else {
            throw error(.invalidText, "a text is not valid UTF-8", at: start)
        }
        offset += count
        return text
    }

    public mutating func decodeBool() throws(CBORError) -> Bool {
        let byte = try peek()
        guard byte == 0xF4 || byte == 0xF5 else { throw error(.wrongType, "expected true or false") }
        offset += 1
        return byte == 0xF5
    }

    public mutating func decodeNull() throws(CBORError) {
        guard try decodeNullIfPresent() else { throw error(.wrongType, "expected null") }
    }

    /// Takes a null where one is next; leaves anything else where it is.
    public mutating func decodeNullIfPresent() throws(CBORError) -> Bool {
        guard try peek() == 0xF6 else { return false }
        offset += 1
        return true
    }

    public mutating func decodeDouble() throws(CBORError) -> Double {
        let start = offset
        let value: Double
        let isShortest: Bool
        switch try peek() {
        case 0xF9:
            let bits: UInt16 = try number()
            value = HalfPrecision.value(of: bits)
            isShortest = !value.isNaN || bits == HalfPrecision.notANumber
        case 0xFA:
            let bits: UInt32 = try number()
            value = Double(Float(bitPattern: bits))
            isShortest = !value.isNaN && HalfPrecision.exactBits(of: value) == nil
        case 0xFB:
            let bits: UInt64 = try number()
            value = Double(bitPattern: bits)
            isShortest = !value.isNaN && Double(Float(value)) != value
        default: throw error(.wrongType, "expected a floating-point number")
        }
        guard isShortest else { throw error(.notDeterministic, "a number is not in its shortest form", at: start) }
        return value
    }

    /// The count of elements that follow. There are at least as many bytes left.
    public mutating func beginArray() throws(CBORError) -> Int { try count(of: .array, itemsPerEntry: 1) }

    /// The count of entries that follow, keys and values in turn. There are at least twice as many bytes left.
    /// The caller checks the order of the keys.
    public mutating func beginMap() throws(CBORError) -> Int { try count(of: .map, itemsPerEntry: 2) }

    /// Takes one well-formed deterministic item and returns its bytes.
    public mutating func decodeRawItem() throws(CBORError) -> [UInt8] {
        let start = offset
        try skipItem(depth: 0)
        return [UInt8](bytes[start..<offset])
    }

    /// Throws unless everything was read.
    public func finish() throws(CBORError) {
        guard isAtEnd else { throw error(.trailingBytes, "there are bytes after the end of the data") }
    }
}

extension CBORDecoder {
    /// The bytes from a place that was passed already up to here.
    func bytes(since start: Int) -> ArraySlice<UInt8> { bytes[start..<offset] }

    func error(_ code: CBORError.Code, _ message: String, at place: Int? = nil) -> CBORError {
        CBORError(code: code, offset: place ?? offset, message: message)
    }

    /// Called before an array or map is opened that lies in so many others.
    func checkDepth(_ depth: Int) throws(CBORError) {
        guard depth < Self.maximumDepth else { throw error(.tooDeep, "arrays and maps nest too deep") }
    }

    private mutating func skipItem(depth: Int) throws(CBORError) {
        switch try peekMajorType() {
        case .unsigned, .negative: _ = try head()
        case .bytes: offset += try length(of: .bytes)
        case .text: _ = try decodeText()
        case .array:
            try checkDepth(depth)
            for _ in 0..<(try beginArray()) { try skipItem(depth: depth + 1) }
        case .map:
            try checkDepth(depth)
            var order = CBORKeyOrder()
            for _ in 0..<(try beginMap()) {
                let start = offset
                try skipItem(depth: depth + 1)
                try order.take(bytes(since: start), at: start)
                try skipItem(depth: depth + 1)
            }
        case .tag: throw error(.unsupported, "tags are not part of this format")
        case .simple: _ = try decodeSimple()
        }
    }

    /// False, true, null or a floating-point number.
    mutating func decodeSimple() throws(CBORError) -> CBORValue {
        switch try peek() {
        case 0xF4, 0xF5: return .bool(try decodeBool())
        case 0xF6:
            offset += 1
            return .null
        case 0xF9, 0xFA, 0xFB: return .double(try decodeDouble())
        default: throw error(.unsupported, "of simple values only false, true, null and numbers are allowed")
        }
    }

    private mutating func count(of type: CBORMajorType, itemsPerEntry: Int) throws(CBORError) -> Int {
        let start = offset
        let count = try argument(of: type)
        guard count <= UInt64((bytes.count - offset) / itemsPerEntry) else {
            throw error(.truncated, "\(type) claims more items than there are bytes", at: start)
        }
        return Int(count)
    }

    /// The length of a string whose bytes are there.
    private mutating func length(of type: CBORMajorType) throws(CBORError) -> Int {
        let start = offset
        let count = try argument(of: type)
        guard count <= UInt64(bytes.count - offset) else {
            throw error(.truncated, "\(type) claims more bytes than there are", at: start)
        }
        return Int(count)
    }

    private mutating func argument(of type: CBORMajorType) throws(CBORError) -> UInt64 {
        guard try peek() >> 5 == type.rawValue else {
            throw error(.wrongType, "expected \(type), found \(try peekMajorType())")
        }
        return try head()
    }

    private mutating func head() throws(CBORError) -> UInt64 {
        let start = offset
        let information = try peek() & 31
        let value: UInt64
        let least: UInt64
        switch information {
        case 0..<24:
            offset += 1
            return UInt64(information)
        case 24: (value, least) = (UInt64(try number(as: UInt8.self)), 24)
        case 25: (value, least) = (UInt64(try number(as: UInt16.self)), 0x100)
        case 26: (value, least) = (UInt64(try number(as: UInt32.self)), 0x1_0000)
        case 27: (value, least) = (try number(as: UInt64.self), 0x1_0000_0000)
        case 31: throw error(.notDeterministic, "indefinite lengths are not allowed")
        default: throw error(.unsupported, "reserved additional information")
        }
        guard value >= least else { throw error(.notDeterministic, "a number is not in its shortest form", at: start) }
        return value
    }

    private func peek() throws(CBORError) -> UInt8 {
        guard offset < bytes.count else { throw error(.truncated, "the data ends where an item should begin") }
        return bytes[offset]
    }

    /// Takes an initial byte and the number after it.
    private mutating func number<Number: FixedWidthInteger>(
        as type: Number.Type = Number.self
    ) throws(CBORError) -> Number {
        let width = MemoryLayout<Number>.size
        guard bytes.count - offset > width else { throw error(.truncated, "the data ends inside an item") }
        let value = bytes.withUnsafeBytes { $0.bigEndian(at: offset + 1, as: type) }
        offset += width + 1
        return value
    }
}
