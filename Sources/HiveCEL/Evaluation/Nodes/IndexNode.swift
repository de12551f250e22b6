/// `operand[key]`, and `operand[?key]`.
final class IndexNode: Node {
    private let operand: any Node
    private let key: any Node
    private let isOptional: Bool
    private let position: SourcePosition

    init(_ operand: any Node, _ key: any Node, isOptional: Bool, at position: SourcePosition) {
        self.operand = operand
        self.key = key
        self.isOptional = isOptional
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let operand = try operand.evaluate(&frame)
        let key = try key.evaluate(&frame)
        try frame.spend(1)
        do throws(EvaluationError) {
            if let optional = operand.optional {
                guard let inner = optional.value else { return .optional(nil) }
                return try Member.element(of: inner, at: key).value.map(Member.wrapped) ?? .optional(nil)
            }
            switch try Member.element(of: operand, at: key) {
            case .found(let value): return isOptional ? Member.wrapped(value) : value
            case .missing(let error):
                if isOptional { return .optional(nil) }
                throw error
            }
        } catch { throw error.located(at: position) }
    }
}
