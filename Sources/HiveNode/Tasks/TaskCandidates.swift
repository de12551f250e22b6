public import HiveCore

/// Who can be given tasks: the roster, as far as tasks look at it.
public protocol TaskCandidates: Sendable {
    /// The agents that are known in a scope, in any order.
    func taskCandidates(in scope: ScopeID, now: Timestamp) throws -> [TaskCandidate]
}
