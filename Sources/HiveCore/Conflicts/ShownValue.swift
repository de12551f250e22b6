/// What a policy shows of the concurrent values of one field until somebody settles them.
public enum ShownValue: Sendable, Hashable {
    /// One of them.
    case sibling(Dot)
    /// A value made from all of them. It stands in no log, and bears the dot of the newest.
    case merged(CBORValue)

    func sibling(among siblings: [Sibling]) -> Sibling? {
        let newest = FieldState.register(siblings).newest
        switch self {
        case .sibling(let dot): return siblings.first { $0.dot == dot } ?? newest
        case .merged(let value):
            return newest.map { Sibling(dot: $0.dot, stamp: $0.stamp, agent: $0.agent, value: .inline(value)) }
        }
    }
}

extension ConflictPolicy {
    /// What is shown of concurrent values; nil for the newest. Where all of them settle an earlier conflict, the one
    /// whose author stands highest in the scope's law is shown, then the highest dot, whatever the policy: a resolution
    /// must not win by its clock.
    public func shows(_ candidates: [ConflictCandidate]) -> ShownValue? {
        if candidates.count > 1, candidates.allSatisfy(\.isResolution) {
            return candidates.min { ($0.rank, $1.dot) < ($1.rank, $0.dot) }.map { .sibling($0.dot) }
        }
        switch self {
        case .confidence, .priority, .authority, .merge:
            switch settle(candidates, local: NodeID(.zero)) {
            case .take(let dot): return .sibling(dot)
            case .put(let value): return .merged(value)
            case .leave, .ask, nil: return nil
            }
        case .newest, .fork, .escalate, .local, .remote, .custom: return nil
        }
    }
}
