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
            switch try predicate.attempt(&frame) {
            case .success(decisive): return .bool(decisive)
            case .success: continue
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }
}
