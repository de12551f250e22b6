/// Runs the cases that stand beside rules against the whole set.
public enum RuleTester {
    /// What came of one case.
    public struct Outcome: Sendable, Hashable {
        public let rule: String
        public let test: String
        /// What was wrong; nil where the case passed.
        public let failure: String?
        public let location: RuleLocation
    }

    /// Every case of every rule and of every exception, in order.
    public static func cases(of set: CompiledRuleSet) -> [RuleCase] {
        set.rules.flatMap { rule in rule.tests.map { RuleCase(rule: rule.name, test: $0) } }
            + set.exceptions.flatMap { exception in exception.tests.map { RuleCase(rule: exception.name, test: $0) } }
    }

    /// Runs every case. `now` is in Unix milliseconds.
    public static func run(_ set: CompiledRuleSet, now: Int64) -> [Outcome] {
        cases(of: set).map { entry in
            Outcome(
                rule: entry.rule, test: entry.test.name, failure: entry.failure(in: set, now: now),
                location: entry.test.location)
        }
    }
}
