/// What one rule makes of an input by itself.
package struct RuleAnswer: Sendable {
    package let rule: Rule
    package let decision: Decision
    /// Of the rule in its set.
    package let place: Int
}

extension CompiledRuleSet {
    /// What each rule at some places whose `match` fits makes of an input, for those who report on every rule rather
    /// than on one verdict. Exceptions count; that one rule overrides another does not. `now` is in Unix milliseconds.
    package func answers(to input: DecisionInput, among places: [Int], now: Int64) -> [RuleAnswer] {
        let inquiry = Inquiry(input, fields: fields, sharing: shared, now: now)
        return places.compactMap { place in
            guard compiled[place].patterns.allSatisfy({ $0.fits(inquiry) }) else { return nil }
            return RuleAnswer(
                rule: compiled[place].rule, decision: decideOnce(inquiry, among: [place]), place: place)
        }
    }

    /// What the rule at a place makes of another input.
    package func decision(at place: Int, on input: DecisionInput, now: Int64) -> Decision {
        decideOnce(Inquiry(input, fields: fields, sharing: shared, now: now), among: [place])
    }
}
