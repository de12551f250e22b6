/// An agent of the roster, read from its document.
public struct AgentProfile: Sendable {
    public let state: DocumentState
    public let name: String
    /// The node that it acts through.
    public let node: NodeID

    /// Nil for documents that are no agents, and for those that were erased.
    public init?(_ state: DocumentState) {
        guard state.kind == .agent, !state.isErased, let name = state.text(AgentField.name),
            let bytes = state.shown(AgentField.node)?.inline?.bytes, let digest = Digest(bytes: bytes)
        else { return nil }
        self.state = state
        self.name = name
        node = NodeID(digest)
    }

    /// The document of an agent in a scope. A name belongs to whom a node registers under it: the same name on another node is
    /// another agent. An erased one goes on in the next generation.
    public static func document(name: String, node: NodeID, in scope: ScopeID, generation: UInt64) -> DocumentID {
        var key = CBOREncoder()
        key.beginArray(count: 3)
        key.encode(text: name)
        key.encode(digest: node.digest)
        key.encode(digest: scope.digest)
        return .derived(kind: DocumentKind.agent.rawValue, key: key.bytes, generation: generation)
    }

    public var role: String? { state.text(AgentField.role) }
    public var performanceTier: String? { state.text(AgentField.performanceTier) }
    public var description: String? { state.text(AgentField.description) }
    public var model: String? { state.text(AgentField.model) }
    public var client: String? { state.text(AgentField.client) }
    public var requirements: CBORValue { state.shown(AgentField.requirements)?.inline ?? .map([:]) }
    public var limits: CBORValue { state.shown(AgentField.limits)?.inline ?? .map([:]) }

    /// What it declares that it can do, each once, sorted.
    public var capabilities: [String] { (state[AgentField.cognitive]?.elements ?? []).compactMap(\.text).sorted() }

    public var maximumTasks: Int? { limits["max_concurrent_tasks"]?.integer.flatMap { Int(exactly: $0) } }

    /// What was decided; the strictest where several decided at once.
    public var standing: AgentStanding {
        let decided = (state[AgentField.standing]?.siblings ?? []).compactMap { Self.standing($0.inline) }
        return AgentStanding.strictest(of: decided) ?? .active
    }

    /// Why, where a reason was given.
    public var reason: String? {
        let siblings = state[AgentField.standing]?.siblings ?? []
        let deciding = siblings.filter { Self.standing($0.inline) == standing }
        return FieldState.register(deciding).newest?.inline?.array?.dropFirst().first?.text
    }

    public var lastHeard: Timestamp? {
        state.shown(AgentField.lastHeard)?.inline?.integer.map(Timestamp.init(milliseconds:))
    }

    public var registered: Timestamp { Timestamp(milliseconds: Int64(clamping: state.creation.stamp.milliseconds)) }
    public var updated: Timestamp { Timestamp(milliseconds: Int64(clamping: state.updated.milliseconds)) }

    /// The change that makes it stand so.
    public static func change(to standing: AgentStanding, reason: String?) -> Draft.Change {
        .set(AgentField.standing, .array([.text(standing.rawValue), reason.map(CBORValue.text) ?? .null]))
    }

    public static func standing(_ value: CBORValue?) -> AgentStanding? {
        value?.array?.first?.text.flatMap(AgentStanding.init(rawValue:))
    }
}
