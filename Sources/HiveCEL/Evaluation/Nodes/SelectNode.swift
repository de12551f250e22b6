/// `operand.field`, and `operand.?field`.
final class SelectNode: Node {
    private let operand: any Node
    private let field: String
    private let isOptional: Bool
    private let position: SourcePosition

    init(_ operand: any Node, _ field: String, isOptional: Bool, at position: SourcePosition) {
        self.operand = operand
        self.field = field
        self.isOptional = isOptional
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let operand = try operand.evaluate(&frame)
        try frame.spend(1)
        do { return try select(operand) } catch { throw error.located(at: position) }
    }

    private func select(_ operand: Value) throws(EvaluationError) -> Value {
        if let optional = operand.optional {
            guard let inner = optional.value else { return .optional(nil) }
            return try Member.find(field, in: inner, isChained: true).map(Member.wrapped) ?? .optional(nil)
        }
        let found = try Member.find(field, in: operand, isChained: false)
        if isOptional { return found.map(Member.wrapped) ?? .optional(nil) }
        if let found { return found }
        throw Member.missing(field, in: operand)
    }
}
