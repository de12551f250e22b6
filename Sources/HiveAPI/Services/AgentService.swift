/// Who is there, and what is known of whom.
public protocol AgentService: Sendable {
    /// Makes an agent of this node known, or says anew what it is.
    func register(_ request: RegisterAgent, as caller: Caller) async throws -> AgentRecord
    func agents(_ query: AgentQuery, as caller: Caller) async throws -> Page<AgentRecord>
    /// By name, or by `name@node`. Throws `ambiguous` where several nodes have one of that name.
    func agent(_ address: String, as caller: Caller) async throws -> AgentRecord
    /// Says how an agent of this node is doing. Throws `illegal_transition` where it has retired.
    func heartbeat(_ address: String, _ pulse: AgentHeartbeat, as caller: Caller) async throws -> AgentRecord
    /// Throws `illegal_transition` where an agent cannot become what is asked for.
    func change(_ address: String, _ change: AgentChange, _ request: ChangeAgent, as caller: Caller) async throws
        -> AgentRecord
    /// What was written about an agent, newest first.
    func agentHistory(_ address: String, as caller: Caller) async throws -> Page<AgentHistoryEntry>
}

/// Noticing that somebody is there by what they do.
public protocol PresenceService: Sendable {
    /// A caller did something under a name. Cheap enough for every call; never fails.
    func heard(_ caller: Caller) async
}
