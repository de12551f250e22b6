/// An agent that tasks may be given to, as far as a choice looks at it.
public struct TaskCandidate: Sendable, Hashable {
    public var agent: String
    /// Where it lives.
    public var node: NodeID?
    public var capabilities: Set<String>
    /// A word for people: active, idle, suspended, retired.
    public var state: String
    /// Whether it takes tasks in that state.
    public var isAvailable: Bool
    /// From 0, nothing to do, to 1, busy throughout.
    public var load: Double
    /// How many tasks it holds.
    public var running: Int
    /// How many it takes at once; nil for any number.
    public var limit: Int?
    /// How far it is trusted here, from 0 to 1.
    public var trust: Double
    public var lastSeen: Timestamp?

    public init(
        agent: String, node: NodeID? = nil, capabilities: Set<String> = [], state: String = "active",
        isAvailable: Bool = true, load: Double = 0, running: Int = 0, limit: Int? = nil, trust: Double = 0.5,
        lastSeen: Timestamp? = nil
    ) {
        self.agent = agent
        self.node = node
        self.capabilities = capabilities
        self.state = state
        self.isAvailable = isAvailable
        self.load = load
        self.running = running
        self.limit = limit
        self.trust = trust
        self.lastSeen = lastSeen
    }
}
