/// A value that may be missing, as `a.?b` makes it.
public struct OptionalValue: ObjectValue {
    public let value: Value?

    public static let typeName = "optional_type"
    public static let none = OptionalValue(nil)
    public var typeName: String { Self.typeName }

    public init(_ value: Value?) { self.value = value }

    public func member(_ name: String) -> Value? { nil }

    public func isEqual(to other: any ObjectValue) -> Bool {
        guard let other = other as? OptionalValue else { return false }
        guard let left = value, let right = other.value else { return value == nil && other.value == nil }
        return left.equals(right)
    }

    public var isZero: Bool { value == nil }
}

extension Value {
    public static func optional(_ value: Value?) -> Value { .object(OptionalValue(value)) }

    /// The optional value that this is; nil where it is none at all.
    public var optional: OptionalValue? {
        guard case .object(let object) = self else { return nil }
        return object as? OptionalValue
    }

    /// Whether it is the empty, false or zero value of its type.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let values): values.isEmpty
        case .map(let map): map.count == 0
        case .type: false
        case .object(let object): object.isZero
        }
    }
}
