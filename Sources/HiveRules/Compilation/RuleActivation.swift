import HiveCEL

/// The variables of one rule's expressions for one question, looked up as they are asked for.
final class RuleActivation: Activation {
    let inquiry: Inquiry
    private let expressions: RuleExpressions
    private var known: [String: Value] = [:]
    /// Why a variable of the rule has no value.
    private(set) var failure: EvaluationError?

    /// The sub-command in question.
    private var command: Value?
    /// What parts that rules share gave for the sub-command, or without one.
    private(set) var sharedResults: SharedResults?

    init(_ inquiry: Inquiry, _ expressions: RuleExpressions) {
        self.inquiry = inquiry
        self.expressions = expressions
        sharedResults = inquiry.sharedResults(atCommand: nil)
    }

    /// Goes on to a sub-command. The rule's own variables begin anew.
    func look(atCommand place: Int) {
        command = inquiry.commandValues[place]
        sharedResults = inquiry.sharedResults(atCommand: place)
        known = [:]
        failure = nil
    }

    func value(named name: String) -> Value? {
        inquiry.value(named: name) ?? ownValue(name)
    }

    func value(of variable: VariableReference) -> Value? { inquiry.value(of: variable) ?? ownValue(variable.name) }

    /// What a name stands for in this rule, or for this sub-command.
    private func ownValue(_ name: String) -> Value? {
        switch name {
        case "cmd": command
        case "params": expressions.params
        default: expressions.variables.program(name).flatMap { variable(name, $0) }
        }
    }

    /// Evaluates a variable when it is first asked for.
    private func variable(_ name: String, _ program: Program) -> Value? {
        if let value = known[name] { return value }
        switch run(program) {
        case .success(let value):
            known[name] = value
            return value
        case .failure(let error):
            failure = failure ?? EvaluationError(error.kind, "`\(name)`: \(error.message)", at: error.position)
            return nil
        }
    }

    /// Evaluates an expression of the rule; an error inside a variable is told as such.
    func evaluate(_ program: Program) -> Result<Value, EvaluationError> {
        failure = nil
        let result = run(program)
        if case .failure(let error) = result, error.kind == .unknownVariable, let failure { return .failure(failure) }
        return result
    }

    /// Looking through a long text takes more steps than a condition about a short one may: those that run out are
    /// given more, in proportion to the input.
    private func run(_ program: Program) -> Result<Value, EvaluationError> {
        let before = failure
        let result = program.evaluate(self)
        guard case .failure(let error) = result, error.kind == .budgetExceeded, inquiry.input.textBytes > 0 else {
            return result
        }
        failure = before
        return program.evaluate(self, budget: Program.defaultBudget + inquiry.input.textBytes * Self.stepsForEachByte)
    }

    private static let stepsForEachByte = 8
}
