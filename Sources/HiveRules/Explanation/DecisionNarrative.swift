/// A decision told from the beginning to the end.
public struct DecisionNarrative: Sendable {
    public let decision: Decision
    /// All rules, those that decided first.
    public let rules: [RuleNarrative]

    /// The decision, what to do instead, the values that mattered, then every rule with the reason why it applies or
    /// does not.
    public var lines: [String] {
        var lines = [headline]
        if let remediation = decision.remediation { lines.append("instead: \(remediation)") }
        for (path, value) in decision.values.sorted(by: { $0.key < $1.key }) {
            lines.append("because \(path) is \(ValueText.text(value))")
        }
        for (field, value) in decision.transformed.sorted(by: { $0.key < $1.key }) {
            lines.append("changes \(field) to \(ValueText.text(value))")
        }
        for (name, value) in decision.settings.sorted(by: { $0.key < $1.key }) {
            lines.append("sets \(name) to \(ValueText.text(value))")
        }
        for error in decision.errors { lines.append("could not answer `\(error.id)`: \(error.message)") }
        lines.append(
            "asked \(decision.evaluated) conditions of \(decision.candidates) candidates among \(rules.count) rules")
        return lines + rules.map { "- " + $0.text }
    }

    private var headline: String {
        let by = decision.rule.map { " by `\($0.id)` version \($0.version)" } ?? ""
        return "\(decision.effect.rawValue)\(by): \(decision.message)"
    }
}
