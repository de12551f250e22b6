/// What a memory records, where it is a record with fields of its own.
public enum RecordType: String, Sendable, Hashable, CaseIterable {
    /// The newest state of one thing that runs: a machine, or a component of one.
    case infrastructure
    /// Something that went wrong, until it is well again.
    case incident
    /// How something is done, step by step.
    case runbook

    /// The kind of memory that such a record is.
    public var kind: EngramKind {
        switch self {
        case .infrastructure: .semantic
        case .incident: .episodic
        case .runbook: .procedural
        }
    }

    /// The category under which it is found.
    public var category: String { rawValue }
}
