/// A map of the language, in the order in which its entries were given. Keys are booleans, integers or strings;
/// integers of both signs with the same value are the same key, strings are the same key when their bytes are.
public struct ValueMap: Sendable {
    public private(set) var entries: [(key: Value, value: Value)]
    /// Where each key is; empty while the map is so small that looking through it is faster.
    private var places: [MapKey: Int]

    private static let indexedFrom = 8

    public init() {
        entries = []
        places = [:]
    }

    /// A map with text keys, sorted.
    public init(_ dictionary: [String: Value]) {
        self.init()
        entries.reserveCapacity(dictionary.count)
        for (key, value) in dictionary.sorted(by: { $0.key < $1.key }) { _ = insert(value, for: .string(key)) }
    }

    /// False where the key is of a type that no key may have, or is there already.
    public mutating func insert(_ value: Value, for key: Value) -> Bool {
        if case .double = key { return false }
        guard let place = MapKey(key), find(place) == nil else { return false }
        entries.append((key, value))
        if entries.count == Self.indexedFrom {
            for (index, entry) in entries.enumerated() {
                if let place = MapKey(entry.key) { places[place] = index }
            }
        } else if entries.count > Self.indexedFrom {
            places[place] = entries.count - 1
        }
        return true
    }

    public subscript(key: Value) -> Value? {
        guard let place = MapKey(key), let index = find(place) else { return nil }
        return entries[index].value
    }

    public subscript(key: String) -> Value? {
        guard entries.count < Self.indexedFrom else {
            return places[.string(ByteString(text: key))].map { entries[$0].value }
        }
        let length = key.utf8.count
        for place in entries.indices {
            guard case .string(let name) = entries[place].key, name.utf8.count == length, Text.areEqual(name, key)
            else { continue }
            return entries[place].value
        }
        return nil
    }

    public var count: Int { entries.count }

    private func find(_ place: MapKey) -> Int? {
        if entries.count >= Self.indexedFrom { return places[place] }
        for index in entries.indices where place.denotes(entries[index].key) { return index }
        return nil
    }

    /// Whether a value is of a type that keys may have.
    static func mayBeKey(_ value: Value) -> Bool {
        switch value {
        case .bool, .int, .uint, .string: true
        default: false
        }
    }

    func equals(_ other: ValueMap) -> Bool {
        count == other.count
            && entries.allSatisfy { entry in other[entry.key].map { $0.equals(entry.value) } ?? false }
    }
}

/// What makes two keys the same.
private enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case negative(Int64)
    case natural(UInt64)
    case string(ByteString)

    init?(_ value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = value < 0 ? .negative(value) : .natural(UInt64(value))
        case .uint(let value): self = .natural(value)
        case .string(let value): self = .string(ByteString(text: value))
        case .double(let value):
            if let whole = UInt64(exactly: value) {
                self = .natural(whole)
            } else if let whole = Int64(exactly: value) {
                self = .negative(whole)
            } else {
                return nil
            }
        default: return nil
        }
    }

    func denotes(_ key: Value) -> Bool {
        switch (self, key) {
        case (.string(let left), .string(let right)): Text.areEqual(left.text, right)
        case (.bool(let left), .bool(let right)): left == right
        case (.natural(let left), .uint(let right)): left == right
        case (.natural(let left), .int(let right)): right >= 0 && left == UInt64(right)
        case (.negative(let left), .int(let right)): left == right
        default: false
        }
    }
}
