/// `value in collection`.
final class MembershipNode: Node {
    private let value: any Node
    private let collection: any Node
    private let position: SourcePosition

    init(_ value: any Node, _ collection: any Node, at position: SourcePosition) {
        self.value = value
        self.collection = collection
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try value.evaluate(&frame)
        let collection = try collection.evaluate(&frame)
        try frame.spend(1 + value.weight >> 4)
        switch collection {
        case .list(let values): return .bool(try value.isElement(of: values, &frame.meter))
        case .map(let map): return .bool(map[value] != nil)
        default: throw FunctionDeclaration.mismatch("in", [value, collection]).located(at: position)
        }
    }
}
