/// Why a governed operation did not begin.
public struct GovernanceError: Error, Sendable, CustomStringConvertible {
    public let reason: Reason
    public let operation: String
    /// Nil where there was no decision.
    public let decision: Decision?
    /// What the law or the handler threw.
    public let cause: (any Error)?

    public enum Reason: Sendable, Hashable {
        /// A rule denies it.
        case denied
        /// It needs approval, and who was asked refused.
        case refused(reason: String)
        /// It needs approval, and asking for it failed.
        case unapproved
        /// While approval was awaited the law changed, again and again.
        case unsettled
        /// The law would change its input, and the operation does not take what it makes of it.
        case transformed
        /// The law could not be asked, or not about this.
        case unanswered
    }

    init(_ reason: Reason, of operation: String, decision: Decision? = nil, cause: (any Error)? = nil) {
        self.reason = reason
        self.operation = operation
        self.decision = decision
        self.cause = cause
    }

    public var description: String {
        let rule = decision?.rule.map { " by rule `\($0.id)`, version \($0.version)" } ?? ""
        let message = decision.map { ": \($0.message)" } ?? ""
        let advice = decision?.remediation.map { "\nhint: \($0)" } ?? ""
        let because = cause.map { ": \($0)" } ?? ""
        return switch reason {
        case .denied: "`\(operation)` is denied\(rule)\(message)\(advice)"
        case .refused(let reason): "`\(operation)` needs approval\(rule)\(message), and was refused: \(reason)\(advice)"
        case .unapproved: "`\(operation)` needs approval\(rule)\(message), and asking for it failed\(because)\(advice)"
        case .unsettled: "`\(operation)` was given up: the law changed each time that it was approved"
        case .transformed:
            "`\(operation)` may only run with an input that is changed\(rule)\(message)\n"
                + "hint: take the governance in the closure, and use its fields"
        case .unanswered: "`\(operation)` is not allowed, since the law could not be asked\(because)"
        }
    }
}
