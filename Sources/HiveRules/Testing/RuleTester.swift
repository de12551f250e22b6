import HiveCEL

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

    /// Runs every case of every rule, in order. `now` is in Unix milliseconds.
    public static func run(_ set: CompiledRuleSet, now: Int64) -> [Outcome] {
        set.rules.flatMap { rule in
            rule.tests.map { test in
                Outcome(
                    rule: rule.name, test: test.name, failure: failure(of: test, in: set, now: now),
                    location: test.location)
            }
        }
    }

    private static func failure(of test: RuleTest, in set: CompiledRuleSet, now: Int64) -> String? {
        let decision: Decision
        do { decision = set.decide(try DecisionInput(test.input), now: now) } catch {
            return "the input is refused: \(error)"
        }
        if let effect = test.effect, effect != decision.effect.rawValue {
            return "expected \(effect), got \(decision.effect.rawValue)" + because(decision)
        }
        if let allowed = test.allowed, allowed != decision.allowed {
            return "expected allowed \(allowed), got \(decision.allowed)" + because(decision)
        }
        for (name, value) in test.settings.sorted(by: { $0.key < $1.key }) {
            guard let found = decision.settings[name], found.equals(value) else {
                let found = decision.settings[name].map(JSONText.render) ?? "nothing"
                return "expected \(name) to be \(JSONText.render(value)), got \(found)"
            }
        }
        return nil
    }

    private static func because(_ decision: Decision) -> String {
        let rule = decision.rule.map { " by `\($0.id)`" } ?? ""
        let errors = decision.errors.map { "; `\($0.id)`: \($0.message)" }.joined()
        return rule + errors
    }
}
