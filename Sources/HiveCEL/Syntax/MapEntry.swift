/// An entry of a map; an optional one (`?k: v`) is left out where its value is empty.
public struct MapEntry: Sendable {
    public let key: Expression
    public let value: Expression
    public let isOptional: Bool

    public init(_ key: Expression, _ value: Expression, isOptional: Bool = false) {
        self.key = key
        self.value = value
        self.isOptional = isOptional
    }
}
