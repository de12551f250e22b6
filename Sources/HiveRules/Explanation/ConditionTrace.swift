import HiveCEL

/// Says why a condition is what it is, in terms of its smallest parts and of the values that they look at.
struct ConditionTrace {
    let activation: RuleActivation
    let environment: Environment

    private static let maximumDepth = 12

    /// Why an expression is not true: the parts that are false or cannot be answered.
    func reasonsAgainst(_ expression: Expression, depth: Int = 0) -> [String] {
        switch (evaluate(expression), expression.form) {
        case (.success(.bool(true)), _): return []
        case (_, .call("_&&_", nil, let parts)) where depth < Self.maximumDepth:
            let reasons = parts.map { (value: evaluate($0), reasons: reasonsAgainst($0, depth: depth + 1)) }
            // Where a part is false, others that cannot be answered do not matter.
            let isFalse = reasons.contains { Self.isFalse($0.value) }
            return reasons.flatMap { !isFalse || Self.isFalse($0.value) ? $0.reasons : [] }
        case (_, .call("_||_", nil, let parts)) where depth < Self.maximumDepth:
            return parts.flatMap { reasonsAgainst($0, depth: depth + 1) }
        case (.success(.bool(false)), .call("!_", nil, let parts)):
            return ["`\(unparse(parts[0]))` is true" + values(of: parts[0])]
        case (.success(.bool(false)), _): return ["`\(unparse(expression))` is false" + values(of: expression)]
        case (.success(let value), _):
            return ["`\(unparse(expression))` is \(ValueText.text(value)), neither true nor false"]
        case (.failure(let error), _):
            return ["`\(unparse(expression))` cannot be answered: \(error.message)" + values(of: expression)]
        }
    }

    private static func isFalse(_ result: Result<Value, EvaluationError>) -> Bool {
        if case .success(.bool(false)) = result { return true }
        return false
    }

    /// What the expression looks at; nothing for one that looks at nothing.
    private func values(of expression: Expression) -> String {
        let values = ValuePath.all(in: expression).filter { $0.root != "params" }.map { path in
            "\(path.text) is \(ValueText.text(path.value(in: activation)))"
        }
        return values.isEmpty ? "" : "; " + values.joined(separator: ", ")
    }

    private func evaluate(_ expression: Expression) -> Result<Value, EvaluationError> {
        do throws(CompilationError) {
            let program = try Program.compileUnchecked(unparse(expression), in: environment)
            return activation.evaluate(program)
        } catch { return .failure(EvaluationError(error.kind, error.message, at: error.position)) }
    }
}
