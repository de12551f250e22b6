/// A map of the language, in the order in which its entries were given. Keys are booleans, integers or strings;
/// integers of both signs with the same value are the same key.
public struct ValueMap: Sendable {
    public private(set) var entries: [(key: Value, value: Value)]
    private var places: [Key: Int]

    private enum Key: Hashable, Sendable {
        case bool(Bool)
        case negative(Int64)
        case natural(UInt64)
        case string(String)

        init?(_ value: Value) {
            switch value {
            case .bool(let value): self = .bool(value)
            case .int(let value): self = value < 0 ? .negative(value) : .natural(UInt64(value))
            case .uint(let value): self = .natural(value)
            case .string(let value): self = .string(value)
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
    }

    public init() {
        entries = []
        places = [:]
    }

    /// A map with text keys, sorted.
    public init(_ dictionary: [String: Value]) {
        self.init()
        for (key, value) in dictionary.sorted(by: { $0.key < $1.key }) { _ = insert(value, for: .string(key)) }
    }

    /// False where the key is of a type that no key may have, or is there already.
    public mutating func insert(_ value: Value, for key: Value) -> Bool {
        if case .double = key { return false }
        guard let place = Key(key), places[place] == nil else { return false }
        places[place] = entries.count
        entries.append((key, value))
        return true
    }

    public subscript(key: Value) -> Value? {
        guard let place = Key(key), let index = places[place] else { return nil }
        return entries[index].value
    }

    public subscript(key: String) -> Value? { self[.string(key)] }

    public var count: Int { entries.count }

    func equals(_ other: ValueMap) -> Bool {
        count == other.count
            && entries.allSatisfy { entry in other[entry.key].map { $0.equals(entry.value) } ?? false }
    }
}
