/// What an operator decides about an agent.
public enum AgentChange: String, Sendable, Hashable, CaseIterable {
    /// It is given nothing to do any more.
    case suspend
    case resume
    /// It is gone, until it registers again. An agent may say so of itself.
    case retire
}
