/// `matches` with a pattern that is only known at evaluation.
final class DynamicPatternNode: Node {
    private let text: any Node
    private let pattern: any Node
    private let position: SourcePosition

    init(_ text: any Node, _ pattern: any Node, at position: SourcePosition) {
        self.text = text
        self.pattern = pattern
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let text = try text.evaluate(&frame)
        let pattern = try pattern.evaluate(&frame)
        guard case .string(let subject) = text, case .string(let source) = pattern else {
            throw FunctionDeclaration.mismatch("matches", [text, pattern]).located(at: position)
        }
        do {
            let expression = try RegexLibrary.compiled(source, &frame.meter)
            try frame.spend(PatternNode.cost(of: expression, on: subject))
            return .bool(expression.matches(subject))
        } catch { throw error.located(at: position) }
    }
}
