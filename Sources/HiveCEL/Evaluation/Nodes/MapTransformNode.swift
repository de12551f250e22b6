/// `transformMap`, which keeps the keys (of a list: the indices), and `transformMapEntry`, which makes new ones.
final class MapTransformNode: Node {
    private let iteration: Iteration
    private let predicate: (any Node)?
    private let transform: any Node
    private let makesEntries: Bool

    init(_ iteration: Iteration, where predicate: (any Node)?, transform: any Node, makesEntries: Bool) {
        self.iteration = iteration
        self.predicate = predicate
        self.transform = transform
        self.makesEntries = makesEntries
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let elements = try iteration.elements(&frame)
        var result = ValueMap()
        for index in 0..<elements.count {
            let element = try iteration.bind(index, of: elements, in: &frame)
            if let predicate, try !predicate.condition(&frame) { continue }
            let value = try transform.evaluate(&frame)
            guard makesEntries else {
                let key: Value = if case .list = elements { .int(Int64(index)) } else { element }
                try MapNode.insert(value, for: key, into: &result, at: iteration.position)
                continue
            }
            guard case .map(let map) = value else {
                throw FunctionDeclaration.mismatch(iteration.name, [value]).located(at: iteration.position)
            }
            for entry in map.entries {
                try MapNode.insert(entry.value, for: entry.key, into: &result, at: iteration.position)
            }
        }
        return .map(result)
    }
}
