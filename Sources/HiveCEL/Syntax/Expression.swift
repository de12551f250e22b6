/// A parsed expression: its form and where it begins.
public indirect enum ExpressionForm: Sendable {
    case literal(Value)
    case identifier(String)
    case select(Expression, field: String)
    /// `has(operand.field)`.
    case presence(Expression, field: String)
    case call(function: String, target: Expression?, arguments: [Expression])
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    case comprehension(Comprehension)
}

/// A parsed expression with its position.
public struct Expression: Sendable {
    public let form: ExpressionForm
    public let position: SourcePosition

    public init(_ form: ExpressionForm, at position: SourcePosition) {
        self.form = form
        self.position = position
    }
}

/// What the macros over lists and maps become.
public struct Comprehension: Sendable {
    public let kind: Kind
    public let range: Expression
    public let variable: String
    /// The predicate of `all`, `exists`, `existsOne` and `filter`; the optional filter of `map`.
    public let predicate: Expression?
    /// What `map` makes of each element.
    public let transform: Expression?

    public enum Kind: String, Sendable {
        case all
        case exists
        case existsOne = "exists_one"
        case map
        case filter
    }
}

/// A place in the source: line and column, both from 1; columns count Unicode scalars.
public struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    public var description: String { "\(line):\(column)" }
}
