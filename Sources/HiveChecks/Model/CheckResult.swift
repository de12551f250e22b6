/// What came of one rule for a set of files.
public struct CheckResult: Sendable, Hashable {
    /// What is known of a rule after a check. What was not looked at has not passed.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        case pass
        case fail
        /// There is no such thing in the files.
        case notApplicable = "not-applicable"
        /// The rule is about a running system, and nobody gave its measurements.
        case notMeasured = "not-measured"
    }

    /// The rule by its name.
    public let rule: String
    /// The number that the rule has in the document that it comes from; nil for a rule without one.
    public let number: Int?
    public let verdict: Verdict
    /// What failed, or, for a rule that passed, what it was asked about.
    public let evidence: [Evidence]
    public let message: String
    /// What to do; empty where there is nothing to be done.
    public let remediation: String

    public init(
        rule: String, number: Int?, verdict: Verdict, evidence: [Evidence], message: String, remediation: String
    ) {
        self.rule = rule
        self.number = number
        self.verdict = verdict
        self.evidence = evidence
        self.message = message
        self.remediation = remediation
    }
}
