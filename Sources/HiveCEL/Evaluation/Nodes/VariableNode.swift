/// A variable of the host.
final class VariableNode: Node {
    private let variable: VariableReference
    private let position: SourcePosition

    init(_ variable: VariableReference, at position: SourcePosition) {
        self.variable = variable
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1)
        if let value = frame.activation.value(of: variable) { return value }
        throw EvaluationError(.unknownVariable, "the variable `\(variable.name)` has no value", at: position)
    }
}
