/// A part of a compiled expression. Compiling resolves names, functions and constants once; evaluating only walks.
protocol Node: AnyObject, Sendable {
    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value
}

extension Node {
    /// Evaluates to a truth.
    func condition(_ frame: inout Frame) throws(EvaluationError) -> Bool {
        let value = try evaluate(&frame)
        guard case .bool(let truth) = value else {
            throw EvaluationError(.noSuchOverload, "a condition must be true or false, not \(value.typeName)")
        }
        return truth
    }
}
