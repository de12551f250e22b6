/// `filter`, `map` and `transformList`.
final class SelectionNode: Node {
    private let iteration: Iteration
    private let predicate: (any Node)?
    private let transform: (any Node)?

    init(_ iteration: Iteration, where predicate: (any Node)?, transform: (any Node)?) {
        self.iteration = iteration
        self.predicate = predicate
        self.transform = transform
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var values: [Value] = []
        for index in 0..<elements.count {
            let element = try iteration.bind(index, of: elements, in: &frame)
            if let predicate, try !predicate.condition(&frame) { continue }
            values.append(try transform?.evaluate(&frame) ?? element)
        }
        return .list(values)
    }
}
