/// What one reader holds of a memory: the last word of each.
public struct BeliefAssessment: JSONRecord {
    /// `verified` or `contradicted`.
    public var verdict: String
    public var agent: String?
    public var node: String
    public var at: String
    public var reason: String?
    /// The id of the memory that speaks against this one.
    public var by: String?
    /// 0 to 1.
    public var trust: Double

    public init(
        verdict: String, agent: String? = nil, node: String, at: String, reason: String? = nil, by: String? = nil,
        trust: Double
    ) {
        self.verdict = verdict
        self.agent = agent
        self.node = node
        self.at = at
        self.reason = reason
        self.by = by
        self.trust = trust
    }
}

extension BeliefAssessment {
    public init(reading fields: inout FieldReader) throws {
        verdict = try fields.required("verdict")
        agent = try fields.optional("agent")
        node = try fields.required("node")
        at = try fields.required("at")
        reason = try fields.optional("reason")
        by = try fields.optional("by")
        trust = try fields.required("trust")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("verdict", verdict)
        fields.put("agent", agent)
        fields.put("node", node)
        fields.put("at", at)
        fields.put("reason", reason)
        fields.put("by", by)
        fields.put("trust", trust)
    }
}
