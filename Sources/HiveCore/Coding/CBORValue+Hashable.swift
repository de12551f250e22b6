extension CBORValue: Hashable {
    public static func == (left: CBORValue, right: CBORValue) -> Bool {
        switch (left, right) {
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.negative(let left), .negative(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        // `String` holds "e" with an accent and an accented "e" for equal; their bytes are not.
        case (.text(let left), .text(let right)):
            left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.double(let left), .double(let right)): left.canonicalBits == right.canonicalBits
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .unsigned(let value): hasher.combine(tag: 0, value)
        case .negative(let value): hasher.combine(tag: 1, value)
        case .bytes(let value): hasher.combine(tag: 2, value)
        case .text(var value):
            hasher.combine(tag: 3, value.utf8.count)
            value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .array(let values): hasher.combine(tag: 4, values)
        case .map(let map): hasher.combine(tag: 5, map)
        case .bool(let value): hasher.combine(tag: 6, value)
        case .null: hasher.combine(7)
        case .double(let value): hasher.combine(tag: 8, value.canonicalBits)
        }
    }
}

extension Double {
    /// The bits, with all that is not a number in one form.
    fileprivate var canonicalBits: UInt64 { isNaN ? Double.nan.bitPattern : bitPattern }
}

extension Hasher {
    fileprivate mutating func combine(tag: Int, _ value: some Hashable) {
        combine(tag)
        combine(value)
    }
}
