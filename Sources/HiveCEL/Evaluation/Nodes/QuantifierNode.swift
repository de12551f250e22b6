/// `all` and `exists`: like `&&` and `||` over the elements, errors included.
final class QuantifierNode: Node {
    private let iteration: Iteration
    private let predicate: any Node
    private let decisive: Bool

    init(_ iteration: Iteration, _ predicate: any Node, decidedBy decisive: Bool) {
        self.iteration = iteration
        self.predicate = predicate
        self.decisive = decisive
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var failure: EvaluationError?
        for index in 0..<elements.count {
            _ = try iteration.bind(index, of: elements, in: &frame)
            do {
                if try predicate.condition(&frame) == decisive { return .bool(decisive) }
            } catch {
                // A spent budget is never absorbed.
                if error.kind == .budgetExceeded { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }
}
