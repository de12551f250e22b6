/// `[a, ?b]`.
final class ListNode: Node {
    private let elements: [(node: any Node, isOptional: Bool)]

    init(_ elements: [(node: any Node, isOptional: Bool)]) { self.elements = elements }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1 + elements.count)
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for (node, isOptional) in elements {
            let value = try node.evaluate(&frame)
            guard isOptional else {
                values.append(value)
                continue
            }
            guard let optional = value.optional else {
                throw EvaluationError(.noSuchOverload, "`?` needs an optional value, not \(value.typeName)")
            }
            if let inner = optional.value { values.append(inner) }
        }
        return .list(values)
    }
}
