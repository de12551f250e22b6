public import HiveCEL

/// What a program does about decisions: it finds somebody who may approve, and is told what was decided.
public protocol EffectHandler: Sendable {
    /// Asks whoever may approve, and waits as long as is sensible. To throw is to refuse.
    func approval(of decision: Decision, on question: Value) async throws -> ApprovalAnswer
    /// Is told about every decision before its operation begins or is refused: warnings, annotations, what to log.
    func decided(_ decision: Decision, on question: Value) async
}

extension EffectHandler {
    public func decided(_ decision: Decision, on question: Value) async {}
}

/// What came of asking for approval.
public enum ApprovalAnswer: Sendable, Hashable {
    case granted(by: String)
    case refused(reason: String)
}

/// Approves nothing.
public struct RefusingHandler: EffectHandler {
    public init() {}

    public func approval(of decision: Decision, on question: Value) async throws -> ApprovalAnswer {
        .refused(reason: "nobody is there to approve")
    }
}
