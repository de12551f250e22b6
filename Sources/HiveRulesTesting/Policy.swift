public import HiveCEL
public import HiveRules
public import Testing

/// A law under test. What is expected and does not come is recorded as an issue of the running test, with the story of
/// the decision: which rule decided, what it looked at, and why each of the others does not apply.
///
/// ```swift
/// let policy = Policy(law)
///
/// @Test func pushesToMainAreDenied() {
///     policy.expect(.deny, by: "no-force-push-protected", on: """
///         {"event": "tool.pre", "tool": "Bash", "command": "git push -f", "git": {"branch": "main"}}
///         """)
/// }
///
/// @Test(arguments: policy.cases)
/// func casesBesideRules(_ policyCase: RuleCase) { policy.expectPass(policyCase) }
/// ```
public struct Policy: Sendable {
    public let law: CompiledRuleSet
    /// In Unix milliseconds; periods of rules depend on it.
    public let now: Int64

    public init(_ law: CompiledRuleSet, now: Int64 = 0) {
        self.law = law
        self.now = now
    }

    /// The cases that stand beside the rules.
    public var cases: [RuleCase] { RuleTester.cases(of: law) }

    /// Expects a case beside a rule to pass.
    public func expectPass(_ policyCase: RuleCase, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let failure = policyCase.failure(in: law, now: now) else { return }
        Issue.record("\(policyCase): \(failure)", sourceLocation: sourceLocation)
    }

    /// Expects an effect on a question in JSON, from a rule (an empty name: from none), with settings among others.
    /// Gives the decision for further questions; nil where the question is none.
    @discardableResult
    public func expect(
        _ effect: RuleEffect, by rule: String? = nil, settings: [String: Value] = [:], on question: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Decision? {
        do {
            let question = try JSONText.parse(question)
            return expect(effect, by: rule, settings: settings, on: question, sourceLocation: sourceLocation)
        } catch {
            Issue.record("the question is not JSON: \(error)", sourceLocation: sourceLocation)
            return nil
        }
    }

    /// The same on a question that is a value already.
    @discardableResult
    public func expect(
        _ effect: RuleEffect, by rule: String? = nil, settings: [String: Value] = [:], on question: Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Decision? {
        let input: DecisionInput
        do { input = try DecisionInput(question, schema: law.schema) } catch {
            Issue.record("the question is refused: \(error)", sourceLocation: sourceLocation)
            return nil
        }
        let decision = law.decide(input, now: now)
        let test = RuleTest("expectation", input: question, effect: effect, rule: rule, settings: settings)
        if let failure = test.failure(of: decision) {
            let story = law.narrate(input, now: now).lines.joined(separator: "\n")
            Issue.record("\(failure)\n\(story)", sourceLocation: sourceLocation)
        }
        return decision
    }
}
