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
        switch (left, right) {
        case (.int(let left), .int(let right)):
            try frame.spend(1)
            return .bool((left == right) != isNegated)
        case (.string(let left), .string(let right)):
            try frame.spend(1 + left.utf8.count >> 4)
            return .bool(Text.areEqual(left, right) != isNegated)
        default: return .bool(try left.equals(right, &frame.meter) != isNegated)
        }
    }
}
