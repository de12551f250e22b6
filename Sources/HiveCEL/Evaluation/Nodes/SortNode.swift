/// `sortBy`: stable, by a key of each element.
final class SortNode: Node {
    private let iteration: Iteration
    private let key: any Node

    init(_ iteration: Iteration, by key: any Node) {
        self.iteration = iteration
        self.key = key
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        guard case .list = elements else {
            throw FunctionDeclaration.mismatch(iteration.name, [.map(ValueMap())]).located(at: iteration.position)
        }
        var pairs: [(key: Value, element: Value)] = []
        for index in 0..<elements.count {
            let element = try iteration.bind(index, of: elements, in: &frame)
            pairs.append((try key.evaluate(&frame), element))
        }
        do {
            return .list(try ListLibrary.sorted(pairs, &frame.meter).map(\.element))
        } catch { throw error.located(at: iteration.position) }
    }
}
