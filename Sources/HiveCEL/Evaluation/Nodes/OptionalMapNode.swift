/// `optional.optMap(name, body)` and `optional.optFlatMap(name, body)`.
final class OptionalMapNode: Node {
    private let operand: any Node
    private let slot: Int
    private let body: any Node
    private let isFlat: Bool

    init(_ operand: any Node, slot: Int, _ body: any Node, isFlat: Bool) {
        self.operand = operand
        self.slot = slot
        self.body = body
        self.isFlat = isFlat
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let name = isFlat ? "optFlatMap" : "optMap"
        let value = try operand.evaluate(&frame)
        guard let optional = value.optional else { throw FunctionDeclaration.mismatch(name, [value]) }
        guard let inner = optional.value else { return value }
        frame.slots[slot] = .value(inner)
        let result = try body.evaluate(&frame)
        guard isFlat else { return .optional(result) }
        guard result.optional != nil else { throw FunctionDeclaration.mismatch(name, [value, result]) }
        return result
    }
}
