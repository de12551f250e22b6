/// A value of the Common Expression Language. Timestamps, durations, optional values, addresses and whatever the host
/// adds are objects; see ``timestamp(_:)``, ``duration(_:)`` and ``optional(_:)``.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list([Value])
    case map(ValueMap)
    /// A type, by name.
    case type(String)
    /// A value of the host, bound lazily.
    indirect case object(any ObjectValue)

    /// The name that `type()` answers.
    public var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .object(let object): object.typeName
        }
    }
}

/// A value that the host provides and that is looked into only where an expression does.
public protocol ObjectValue: Sendable {
    var typeName: String { get }
    /// Nil for a field that is not set.
    func member(_ name: String) -> Value?
    func isEqual(to other: any ObjectValue) -> Bool
    /// What `string()` makes of it; nil where it has no text.
    var text: String? { get }
    /// How it is ordered against another object; nil where it is not.
    func isLess(than other: any ObjectValue) -> Bool?
    /// Whether it counts as empty for `optional.ofNonZeroValue`.
    var isZero: Bool { get }
}

extension ObjectValue {
    public var text: String? { nil }
    public func isLess(than other: any ObjectValue) -> Bool? { nil }
    public var isZero: Bool { false }
}

extension Value {
    /// Equality of the language: numbers compare across their types, lists and maps element by element, values of
    /// different types are unequal, not-a-number equals nothing.
    public func equals(_ other: Value) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.string(let left), .string(let right)): Text.areEqual(left, right)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.type(let left), .type(let right)): Text.areEqual(left, right)
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
        case (.map(let left), .map(let right)): left.equals(right)
        case (.object(let left), .object(let right)): left.isEqual(to: right)
        default: compareNumbers(with: other) == .equal
        }
    }

    /// The order of two numbers, or nil where one is no number.
    func compareNumbers(with other: Value) -> Ordering? {
        switch (self, other) {
        case (.int(let left), .int(let right)): Ordering(left, right)
        case (.uint(let left), .uint(let right)): Ordering(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Ordering(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Ordering(left, UInt64(right))
        case (.double(let left), .double(let right)): Ordering(floating: left, right)
        case (.double(let left), .int(let right)): Ordering(left, integer: right)
        case (.int(let left), .double(let right)): Ordering(right, integer: left).reversed
        case (.double(let left), .uint(let right)): Ordering(left, integer: right)
        case (.uint(let left), .double(let right)): Ordering(right, integer: left).reversed
        default: nil
        }
    }
}
