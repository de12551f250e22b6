/// One case beside a rule, ready to be asked. As an argument of a test it shows where it stands:
///
/// ```swift
/// @Test(arguments: RuleTester.cases(of: law))
/// func policy(_ policyCase: RuleCase) { #expect(policyCase.failure(in: law, now: now) == nil) }
/// ```
public struct RuleCase: Sendable, CustomStringConvertible {
    /// The rule, or the exception, that the case stands beside.
    public let rule: String
    public let test: RuleTest

    public var description: String { "\(rule): \(test.name) (\(test.location))" }

    /// What is wrong with the decision of a set; nil where it is as expected. `now` is in Unix milliseconds and counts
    /// where the case has no time of its own.
    public func failure(in set: CompiledRuleSet, now: Int64) -> String? {
        do {
            return test.failure(
                of: set.decide(try DecisionInput(test.input, schema: set.schema), now: test.time ?? now))
        } catch { return "the input is refused: \(error)" }
    }
}

extension RuleTest {
    /// What is wrong with a decision; nil where it is as expected.
    package func failure(of decision: Decision) -> String? {
        if let effect = effect, effect != decision.effect.rawValue {
            return "expected \(effect), got \(decision.effect.rawValue)" + Self.because(decision)
        }
        if let allowed = allowed, allowed != decision.allowed {
            return "expected allowed \(allowed), got \(decision.allowed)" + Self.because(decision)
        }
        if let rule = rule, rule != decision.rule?.id ?? "" {
            return "expected `\(rule)` to decide"
                + (decision.rule.map { ", but `\($0.id)` did" } ?? ", but no rule did")
        }
        let applied = decision.matched.map(\.id)
        if let missing = matched.first(where: { !applied.contains($0) }) {
            return
                "expected `\(missing)` to apply; these did: \(applied.isEmpty ? "none" : applied.joined(separator: ", "))"
        }
        if let message = message, message != decision.message {
            return "expected the message \(message), got \(decision.message)"
        }
        return ValueDifference.first(between: settings, and: decision.settings)
            ?? ValueDifference.first(between: transformed, and: decision.transformed)
    }

    private static func because(_ decision: Decision) -> String {
        let rule = decision.rule.map { " by `\($0.id)`" } ?? ""
        let errors = decision.errors.map { "; `\($0.id)`: \($0.message)" }.joined()
        return rule + errors
    }
}
