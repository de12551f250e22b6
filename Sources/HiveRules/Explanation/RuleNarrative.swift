/// What came of one rule for one input, for people.
public struct RuleNarrative: Sendable, Hashable {
    public let rule: String
    public let version: Int64
    public let effect: RuleEffect
    public let outcome: Outcome
    public let reasons: [String]

    /// What came of a rule.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case applies
        /// It would apply, but a rule or an exception lifts it.
        case lifted
        /// It would apply, but is only watched.
        case shadow
        case doesNotApply = "does not apply"
        case cannotBeAnswered = "cannot be answered"
    }

    /// One line.
    public var text: String {
        "\(rule): \(outcome.rawValue) (\(effect.rawValue))"
            + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
    }
}
