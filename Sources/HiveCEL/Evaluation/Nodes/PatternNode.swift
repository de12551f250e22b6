/// `matches` with a pattern that is known when compiling.
final class PatternNode: Node {
    private let text: any Node
    private let pattern: RegularExpression
    private let position: SourcePosition

    init(_ text: any Node, _ pattern: RegularExpression, at position: SourcePosition) {
        self.text = text
        self.pattern = pattern
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let value = try text.evaluate(&frame)
        guard case .string(let text) = value else {
            throw FunctionDeclaration.mismatch("matches", [value, .string("")]).located(at: position)
        }
        try frame.spend(Self.cost(of: pattern, on: text))
        return .bool(pattern.matches(text))
    }

    /// At most every instruction for every scalar; in practice far fewer, so that the cost is a part of it.
    static func cost(of pattern: RegularExpression, on text: String) -> Int {
        let (product, overflow) = text.utf8.count.multipliedReportingOverflow(by: 8 + pattern.size)
        return overflow ? .max / 2 : 1 + product / 64
    }
}
