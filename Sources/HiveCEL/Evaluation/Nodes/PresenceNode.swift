/// `has(operand.field)`.
final class PresenceNode: Node {
    private let operand: any Node
    private let field: String
    private let position: SourcePosition

    init(_ operand: any Node, _ field: String, at position: SourcePosition) {
        self.operand = operand
        self.field = field
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        var operand = try operand.evaluate(&frame)
        try frame.spend(1)
        if let optional = operand.optional {
            guard let inner = optional.value else { return .bool(false) }
            operand = inner
        }
        do { return .bool(try Member.find(field, in: operand, isChained: false) != nil) } catch {
            throw error.located(at: position)
        }
    }
}
