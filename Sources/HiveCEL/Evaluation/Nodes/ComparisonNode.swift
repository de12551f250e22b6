/// `<`, `<=`, `>` and `>=`.
final class ComparisonNode: Node {
    private let left: any Node
    private let right: any Node
    private let name: String
    /// Which orders make it true.
    private let whenLess: Bool
    private let whenEqual: Bool
    private let position: SourcePosition

    /// The name is that of the operator in the source.
    init(_ left: any Node, _ right: any Node, _ name: String, at position: SourcePosition) {
        self.left = left
        self.right = right
        self.name = name
        self.position = position
        whenLess = name == "<" || name == "<="
        whenEqual = name == "<=" || name == ">="
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let left = try left.evaluate(&frame)
        let right = try right.evaluate(&frame)
        if case .int(let left) = left, case .int(let right) = right {
            try frame.spend(1)
            return .bool(left == right ? whenEqual : (left < right) == whenLess)
        }
        try frame.spend(1 + (left.weight + right.weight) >> 4)
        do throws(EvaluationError) {
            switch try Arithmetic.order(name, left, right) {
            case .equal: return .bool(whenEqual)
            case .less: return .bool(whenLess)
            case .greater: return .bool(!whenLess)
            case .unordered: return .bool(false)
            }
        } catch { throw error.located(at: position) }
    }
}
