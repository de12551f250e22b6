/// `or` and `orValue`: the alternative is evaluated only where it is needed.
final class AlternativeNode: Node {
    private let operand: any Node
    private let alternative: any Node
    private let unwraps: Bool
    private let position: SourcePosition

    init(_ operand: any Node, or alternative: any Node, unwraps: Bool, at position: SourcePosition) {
        self.operand = operand
        self.alternative = alternative
        self.unwraps = unwraps
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try operand.evaluate(&frame)
        let name = unwraps ? "orValue" : "or"
        guard let optional = value.optional else {
            throw FunctionDeclaration.mismatch(name, [value]).located(at: position)
        }
        if let inner = optional.value { return unwraps ? inner : value }
        let other = try alternative.evaluate(&frame)
        guard unwraps || other.optional != nil else {
            throw FunctionDeclaration.mismatch(name, [value, other]).located(at: position)
        }
        return other
    }
}
