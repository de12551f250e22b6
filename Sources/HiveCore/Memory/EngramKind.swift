/// The four kinds of memory.
public enum EngramKind: String, Sendable, Hashable, CaseIterable {
    /// A working set that decays.
    case instant
    /// What happened, in time, with its outcome.
    case episodic
    /// A fact or a belief.
    case semantic
    /// How something is done.
    case procedural

    public var document: DocumentKind {
        switch self {
        case .instant: .instant
        case .episodic: .episodic
        case .semantic: .semantic
        case .procedural: .procedural
        }
    }

    public init?(_ kind: DocumentKind) {
        switch kind {
        case .instant: self = .instant
        case .episodic: self = .episodic
        case .semantic: self = .semantic
        case .procedural: self = .procedural
        default: return nil
        }
    }
}
