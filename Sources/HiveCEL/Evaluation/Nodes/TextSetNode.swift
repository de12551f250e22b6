/// `value in [constants]` with nothing but texts in the list: one look into a set.
final class TextSetNode: Node {
    private let operand: any Node
    private let texts: Set<ByteString>

    init(_ operand: any Node, _ texts: Set<ByteString>) {
        self.operand = operand
        self.texts = texts
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        guard case .string(let text) = try operand.evaluate(&frame) else { return .bool(false) }
        try frame.spend(1 + text.utf8.count >> 4)
        return .bool(texts.contains(ByteString(text: text)))
    }
}
