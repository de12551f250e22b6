/// What was decided about an agent. Whether it is there is another matter: that is soft state.
public enum AgentStanding: String, Sendable, Hashable, CaseIterable {
    case active
    /// It is given nothing to do until an operator lets it.
    case suspended
    /// It is gone, until it registers again.
    case retired

    /// What can happen to an agent.
    public enum Act: String, Sendable, Hashable, CaseIterable {
        case register
        case heartbeat
        case suspend
        case resume
        case retire
    }

    /// What it is after an act; nil where the act is not allowed. Nobody lifts a suspension by registering again.
    public func after(_ act: Act) -> AgentStanding? {
        switch (self, act) {
        case (.active, .register), (.active, .heartbeat), (.suspended, .resume), (.retired, .register): .active
        case (.active, .suspend), (.suspended, .register), (.suspended, .heartbeat): .suspended
        case (.active, .retire), (.suspended, .retire): .retired
        case (.active, .resume), (.suspended, .suspend): nil
        case (.retired, .heartbeat), (.retired, .suspend), (.retired, .resume), (.retired, .retire): nil
        }
    }

    public var allowed: [Act] { Act.allCases.filter { after($0) != nil } }

    /// The strictest of what was decided at once, by nodes that did not know of each other.
    public static func strictest(of standings: some Sequence<AgentStanding>) -> AgentStanding? {
        let order: [AgentStanding] = [.retired, .suspended, .active]
        let found = Set(standings)
        return order.first(where: found.contains)
    }
}

/// How an agent is, as its readers see it: what was decided about it, and whether it was heard lately.
public enum AgentState: String, Sendable, Hashable, CaseIterable {
    case active
    /// Nothing was heard of it within its window.
    case idle
    case suspended
    case retired

    public init(_ standing: AgentStanding, isHeard: Bool) {
        switch standing {
        case .active: self = isHeard ? .active : .idle
        case .suspended: self = .suspended
        case .retired: self = .retired
        }
    }
}
