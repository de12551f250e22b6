/// `==` and `!=`.
final class EqualityNode: Node {
    private let left: any Node
    private let right: any Node
    private let isNegated: Bool

    init(_ left: any Node, _ right: any Node, isNegated: Bool) {
        self.left = left
        self.right = right
        self.isNegated = isNegated
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let left = try left.evaluate(&frame)
        let right = try right.evaluate(&frame)
        return .bool(try left.equals(right, &frame.meter) != isNegated)
    }
}
