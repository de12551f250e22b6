/// How far a task is.
public enum TaskStatus: String, Sendable, Hashable, CaseIterable {
    /// Whoever is suitable may claim it.
    case open
    /// It is offered to one agent, who has not claimed it yet.
    case assigned
    /// An agent holds it and has not said anything yet.
    case claimed
    /// Its holder has reported progress.
    case inProgress = "in_progress"
    case completed
    case failed
    case cancelled
    case expired

    /// What may follow.
    public var successors: [TaskStatus] {
        switch self {
        case .open: [.assigned, .claimed, .failed, .cancelled, .expired]
        case .assigned: [.open, .claimed, .failed, .cancelled, .expired]
        case .claimed: [.open, .inProgress, .completed, .failed, .cancelled, .expired]
        case .inProgress: [.open, .completed, .failed, .cancelled, .expired]
        case .completed, .failed, .cancelled, .expired: []
        }
    }

    /// Whether nothing more will become of it.
    public var isClosed: Bool { successors.isEmpty }

    /// Whether somebody holds it.
    public var isHeld: Bool { self == .claimed || self == .inProgress }

    /// What may be done with a task in this state, for advice.
    public var advice: String {
        switch self {
        case .open: "it can be claimed or cancelled"
        case .assigned: "the agent that it is offered to can claim it; it can be cancelled"
        case .claimed, .inProgress: "its holder can report progress, complete or fail it; it can be cancelled"
        case .completed, .failed, .cancelled, .expired: "it is closed; delegate a new task"
        }
    }
}
