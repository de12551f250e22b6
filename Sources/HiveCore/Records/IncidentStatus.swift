/// How far the people are with an incident.
public enum IncidentStatus: String, Sendable, Hashable, CaseIterable {
    case open
    case investigating
    /// Nobody is hurt any more, the cause is still there.
    case mitigated
    case resolved

    /// What may follow. An incident that comes back is investigated again.
    public var successors: [IncidentStatus] {
        switch self {
        case .open: [.investigating, .mitigated, .resolved]
        case .investigating: [.mitigated, .resolved]
        case .mitigated: [.investigating, .resolved]
        case .resolved: [.investigating]
        }
    }
}
