/// What hooks do besides asking the law.
public struct HookSettings: Sendable, Hashable {
    /// What is kept of what tools did.
    public enum Recording: String, Sendable, Hashable, CaseIterable {
        /// An event in the episode of the session.
        case episode
        /// A memory of its own.
        case memory
        case off
    }

    public var recording: Recording
    /// Tokens that a session begins with; 0 for none.
    public var startBudget: Int
    /// Tokens beside each prompt; 0 for none.
    public var promptBudget: Int

    /// Whether an agent becomes known in the roster when a session of its begins.
    public var registersAgents: Bool

    public init(
        recording: Recording = .episode, startBudget: Int = 1500, promptBudget: Int = 600, registersAgents: Bool = true
    ) {
        self.recording = recording
        self.startBudget = startBudget
        self.promptBudget = promptBudget
        self.registersAgents = registersAgents
    }
}
