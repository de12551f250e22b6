public import HiveCEL

/// What the law said about an operation that may begin.
public struct Governance: Sendable {
    public let decision: Decision
    private let question: Value
    /// Who approved, for which rule.
    public let approvals: [Approval]

    /// One rule's approval.
    public struct Approval: Sendable, Hashable {
        public let rule: Decision.RuleReference?
        public let by: String
    }

    init(decision: Decision, question: Value, approvals: [Approval]) {
        self.decision = decision
        self.question = question
        self.approvals = approvals
    }

    /// A field of the input as the law wants it: replaced where a rule transforms it, else as it was asked.
    public subscript(field: String) -> Value? {
        if let replaced = decision.transformed[field] { return replaced }
        guard case .map(let map) = question else { return nil }
        return map[field]
    }

    /// A behaviour setting; nil where no rule sets it.
    public func setting(_ name: String) -> Value? { decision.settings[name] }
}
