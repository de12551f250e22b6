/// An implementation; those with one or two arguments need no array for them.
enum FunctionBody: Sendable {
    case unary(@Sendable (Value) throws(EvaluationError) -> Value)
    case binary(@Sendable (Value, Value) throws(EvaluationError) -> Value)
    case variadic(FunctionDeclaration.Implementation)
    /// One whose work is more than a part of the size of its arguments, and that pays for it by itself.
    case metered(@Sendable ([Value], inout Meter) throws(EvaluationError) -> Value)
}
