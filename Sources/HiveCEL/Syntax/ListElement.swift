/// An element of a list; an optional one (`?e`) is left out where it is empty.
public struct ListElement: Sendable {
    public let expression: Expression
    public let isOptional: Bool

    public init(_ expression: Expression, isOptional: Bool = false) {
        self.expression = expression
        self.isOptional = isOptional
    }
}
