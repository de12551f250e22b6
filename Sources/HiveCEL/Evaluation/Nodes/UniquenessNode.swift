/// `exists_one`.
final class UniquenessNode: Node {
    private let iteration: Iteration
    private let predicate: any Node

    init(_ iteration: Iteration, _ predicate: any Node) {
        self.iteration = iteration
        self.predicate = predicate
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var count = 0
        for index in 0..<elements.count {
            _ = try iteration.bind(index, of: elements, in: &frame)
            if try predicate.condition(&frame) { count += 1 }
        }
        return .bool(count == 1)
    }
}
