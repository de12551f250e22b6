/// A name for a value inside a body: `cel.bind(name, value, body)`, or what is inside an optional value:
/// `value.optMap(name, body)`.
public struct Binding: Sendable {
    public let kind: Kind
    public let variable: String
    public let value: Expression
    public let body: Expression

    public init(_ kind: Kind, variable: String, value: Expression, body: Expression) {
        self.kind = kind
        self.variable = variable
        self.value = value
        self.body = body
    }

    /// The macro's name in the source.
    public enum Kind: String, Sendable {
        case bind
        case optMap
        case optFlatMap
    }
}
