/// A call with one argument.
final class UnaryNode: Node {
    typealias Body = @Sendable (Value) throws(EvaluationError) -> Value
    private let argument: any Node
    private let position: SourcePosition
    private let body: Body

    init(_ argument: any Node, at position: SourcePosition, _ body: @escaping Body) {
        self.argument = argument
        self.position = position
        self.body = body
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try argument.evaluate(&frame)
        try frame.spend(1 + value.weight >> 4)
        do { return try body(value) } catch { throw error.located(at: position) }
    }
}
