/// What somebody learnt about a skill.
public struct SkillRefinement: JSONRecord {
    public var why: String
    /// The steps that took the place of those before; nil where they stayed.
    public var steps: [String]?
    /// RFC 3339; where a request leaves it out, when it is written.
    public var at: String?
    public var agent: String?
    /// The node that wrote it; passed over in requests.
    public var node: String?

    public init(
        why: String, steps: [String]? = nil, at: String? = nil, agent: String? = nil, node: String? = nil
    ) {
        self.why = why
        self.steps = steps
        self.at = at
        self.agent = agent
        self.node = node
    }
}

extension SkillRefinement {
    public init(reading fields: inout FieldReader) throws {
        why = try fields.required("why")
        steps = try fields.optional("steps")
        at = try fields.optional("at")
        agent = try fields.optional("agent")
        node = try fields.optional("node")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("why", why)
        fields.putIfPresent("steps", steps)
        fields.put("at", at)
        fields.put("agent", agent)
        fields.putIfPresent("node", node)
    }
}
