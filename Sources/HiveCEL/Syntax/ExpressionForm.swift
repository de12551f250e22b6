/// What an expression can be. Macros stay as they were written; operators are calls of functions with names such as
/// `_+_`, `!_`, `_[_]` and `_?_:_`. `_&&_` and `_||_` take two or more arguments.
public indirect enum ExpressionForm: Sendable {
    case literal(Value)
    /// A name; a dot before it skips the container.
    case identifier(String)
    case select(Expression, field: String)
    /// `operand.?field`.
    case optionalSelect(Expression, field: String)
    /// `has(operand.field)`.
    case presence(Expression, field: String)
    case call(function: String, target: Expression?, arguments: [Expression])
    case list([ListElement])
    case map([MapEntry])
    case comprehension(Comprehension)
    case binding(Binding)
    /// `cel.block([…], result)`: parts that are evaluated at most once, called `cel.index(0)` and so on.
    case block([Expression], result: Expression)

    /// The expressions directly inside, in the order of the source.
    public var children: [Expression] {
        switch self {
        case .literal, .identifier: []
        case .select(let operand, _), .optionalSelect(let operand, _), .presence(let operand, _): [operand]
        case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
        case .list(let elements): elements.map(\.expression)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .comprehension(let comprehension):
            [comprehension.range] + [comprehension.predicate, comprehension.transform].compactMap(\.self)
        case .binding(let binding): [binding.value, binding.body]
        case .block(let parts, let result): parts + [result]
        }
    }
}
