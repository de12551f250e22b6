/// An implementation; those with one or two arguments need no array for them.
enum FunctionBody: Sendable {
    case unary(@Sendable (Value) throws(EvaluationError) -> Value)
    case binary(@Sendable (Value, Value) throws(EvaluationError) -> Value)
    case variadic(FunctionDeclaration.Implementation)
}
