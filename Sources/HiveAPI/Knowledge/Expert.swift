/// An agent that seems to know.
public struct Expert: JSONRecord {
    public var agent: String
    public var node: String
    public var address: String
    /// From 0 to 1: one minus the product of what each piece of evidence leaves in doubt.
    public var score: Double
    /// Nil for one that is not in the roster.
    public var state: String?
    public var role: String?
    public var lastSeen: String?
    /// The weightiest first.
    public var evidence: [KnowledgeEvidence]

    public init(
        agent: String, node: String, address: String, score: Double, state: String? = nil, role: String? = nil,
        lastSeen: String? = nil, evidence: [KnowledgeEvidence]
    ) {
        self.agent = agent
        self.node = node
        self.address = address
        self.score = score
        self.state = state
        self.role = role
        self.lastSeen = lastSeen
        self.evidence = evidence
    }
}

extension Expert {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.required("agent")
        node = try fields.required("node")
        address = try fields.required("address")
        score = try fields.required("score")
        state = try fields.optional("state")
        role = try fields.optional("role")
        lastSeen = try fields.optional("lastSeen")
        evidence = try fields.required("evidence")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.put("node", node)
        fields.put("address", address)
        fields.put("score", score)
        fields.putIfPresent("state", state)
        fields.putIfPresent("role", role)
        fields.putIfPresent("lastSeen", lastSeen)
        fields.put("evidence", evidence)
    }
}
