import HiveCEL

/// Explaining.
extension CompiledRuleSet {
    /// The decision with what came of every rule, and why. `now` is in Unix milliseconds.
    public func narrate(_ input: DecisionInput, now: Int64) -> DecisionNarrative {
        let decision = decide(input, now: now)
        let inquiry = Inquiry(input, fields: fields, now: now)
        let lifted = Dictionary(decision.lifted.map { ($0.id, $0) }) { first, _ in first }
        let rules = compiled.map { rule in narrative(rule, inquiry, lifted[rule.rule.name]) }
        let order = RuleNarrative.Outcome.allCases
        let sorted = rules.enumerated().sorted { left, right in
            let a = (order.firstIndex(of: left.element.outcome) ?? 0, left.element.effect.order, left.offset)
            let b = (order.firstIndex(of: right.element.outcome) ?? 0, right.element.effect.order, right.offset)
            return a < b
        }
        return DecisionNarrative(decision: decision, rules: sorted.map(\.element))
    }

    /// One line for each rule: whether it applies, and why or why not.
    public func explain(_ input: DecisionInput, now: Int64) -> [String] { narrate(input, now: now).rules.map(\.text) }

    private func narrative(_ rule: CompiledRule, _ inquiry: Inquiry, _ lift: Decision.Lift?) -> RuleNarrative {
        var evaluated = 0
        let outcome = rule.evaluate(inquiry, evaluated: &evaluated)
        var reasons: [String] = []
        var kind = RuleNarrative.Outcome.applies
        switch outcome {
        case .yes(let command):
            kind = lift != nil ? .lifted : rule.rule.enforcement == .shadow ? .shadow : .applies
            if let command { reasons.append("to `\(command.text)`") }
            reasons += rule.values(inquiry, command).sorted { $0.key < $1.key }.map {
                "\($0.key) is \(ValueText.text($0.value))"
            }
        case .settings:
            kind = lift != nil ? .lifted : rule.rule.enforcement == .shadow ? .shadow : .applies
            reasons.append("to settings only: nothing violates it")
        case .no(let reason):
            kind = .doesNotApply
            reasons = self.reasons(reason, rule, inquiry)
        case .failure(let error):
            kind = lift != nil ? .lifted : .cannotBeAnswered
            reasons = [error.description, rule.rule.failsClosed ? "so it counts as applying" : "so it is passed over"]
        }
        if let lift { reasons.append("lifted by `\(lift.by)`") }
        if rule.rule.enforcement == .warn, rule.rule.effect.restricts { reasons.append("only warns") }
        if rule.rule.resolution.count > 1 {
            reasons.append("takes from \(rule.rule.resolution.joined(separator: " → "))")
        }
        return RuleNarrative(
            rule: rule.rule.name, version: rule.rule.version, effect: rule.rule.effect, outcome: kind, reasons: reasons)
    }

    private func reasons(_ reason: CompiledRule.Reason, _ rule: CompiledRule, _ inquiry: Inquiry) -> [String] {
        switch reason {
        case .disabled, .notInEffect, .notAssigned, .noCommand, .lifted: return [reason.description]
        case .pattern(let pattern) where !pattern.field.isOfCommand:
            let patterns = pattern.globs.map { "`\($0.pattern)`" }.joined(separator: " or ")
            return ["\(pattern.field) is \(Self.text(inquiry.texts(pattern.number))), not \(patterns)"]
        case .notViolated: return [reason.description]
        case .pattern, .guarded, .condition: return commandReasons(rule, inquiry)
        }
    }

    private static func text(_ texts: Inquiry.Texts) -> String {
        switch texts {
        case .absent: "not given"
        case .one(let text): ValueText.text(.string(text))
        case .many(let texts): ValueText.text(.list(texts.map { .string($0) }))
        }
    }

    /// For each sub-command: the patterns that it does not fit, or the parts of the condition that are not true.
    private func commandReasons(_ rule: CompiledRule, _ inquiry: Inquiry) -> [String] {
        guard rule.looksAtCommand else { return conditionReasons(rule, rule.activation(inquiry, nil)) }
        let few = inquiry.commands.prefix(5)
        return few.map { command in
            if let pattern = rule.commandPatterns.first(where: { !$0.fits(command) }) {
                return
                    "`\(command.text)` fits none of \(pattern.globs.map { "`\($0.pattern)`" }.joined(separator: ", "))"
            }
            let reasons = conditionReasons(rule, rule.activation(inquiry, command))
            let more = reasons.count > 1 && inquiry.commands.count > 1
            return "for `\(command.text)` "
                + (more ? "\(reasons[0]), and more" : reasons.joined(separator: " and "))
        } + (inquiry.commands.count > few.count ? ["\(inquiry.commands.count - few.count) more commands"] : [])
    }

    private func conditionReasons(_ rule: CompiledRule, _ activation: RuleActivation) -> [String] {
        guard let condition = rule.expressions.condition else { return [] }
        return ConditionTrace(activation: activation, environment: rule.expressions.environment)
            .reasonsAgainst(condition.syntax)
    }
}
