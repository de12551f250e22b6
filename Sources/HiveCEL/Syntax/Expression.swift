/// A parsed expression: its form, where it begins, and a number that no other part of the same source has.
public struct Expression: Sendable {
    public let id: Int
    public let form: ExpressionForm
    public let position: SourcePosition
    /// How many levels of expressions it has, itself included.
    let depth: Int

    public init(_ form: ExpressionForm, id: Int = 0, at position: SourcePosition) {
        self.id = id
        self.form = form
        self.position = position
        depth = 1 + (form.children.map(\.depth).max() ?? 0)
    }
}

extension Expression {
    /// Parses without checking. The error says where and what to do.
    public static func parse(
        _ source: String, macros: Bool = true, limits: CompilationLimits = .default
    ) throws(CompilationError) -> Expression {
        try Parser.parse(source, limits: limits, macros: macros)
    }
}
