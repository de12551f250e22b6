import HiveCEL

/// Rules that stand for exceptions.
extension CompiledRule {
    /// Whether an exception lifts a rule from one sub-command, or, with nil, from the whole input; then an exception
    /// that looks at commands must hold for all of them.
    func lifts(_ inquiry: Inquiry, _ command: ShellCommand?) -> Result<Bool, EvaluationError> {
        guard let outcomes = outcomes(inquiry) else {
            var evaluated = 0
            return Self.answer([evaluate(inquiry, evaluated: &evaluated)])
        }
        guard let command else { return outcomes.isEmpty ? .success(false) : Self.answer(outcomes) }
        guard let place = inquiry.commands.firstIndex(of: command) else { return .success(false) }
        return Self.answer([outcomes[place]])
    }

    private static func answer(_ outcomes: [Outcome]) -> Result<Bool, EvaluationError> {
        for outcome in outcomes {
            switch outcome {
            case .yes, .settings: continue
            case .no: return .success(false)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(true)
    }
}

extension RuleException {
    /// The same reach as a rule, so that both are asked in the same way.
    var asRule: Rule {
        var rule = Rule(name: name, set: set, effect: .allow, location: location, text: text)
        rule.version = version
        rule.edition = edition
        rule.match = match
        rule.when = when
        rule.effective = effective
        return rule
    }
}
