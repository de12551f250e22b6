/// A call with two arguments.
final class BinaryNode: Node {
    typealias Body = @Sendable (Value, Value) throws(EvaluationError) -> Value
    private let left: any Node
    private let right: any Node
    private let position: SourcePosition
    private let body: Body

    init(_ left: any Node, _ right: any Node, at position: SourcePosition, _ body: @escaping Body) {
        self.left = left
        self.right = right
        self.position = position
        self.body = body
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let left = try left.evaluate(&frame)
        let right = try right.evaluate(&frame)
        try frame.spend(1 + (left.weight + right.weight) >> 4)
        do { return try body(left, right) } catch { throw error.located(at: position) }
    }
}
