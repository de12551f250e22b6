/// What somebody said about one use of a skill.
public struct SkillNote: JSONRecord {
    /// `success` or `failure`.
    public var result: String
    public var text: String
    /// RFC 3339; where a request leaves it out, when it is written.
    public var at: String?
    public var agent: String?
    /// The node that wrote it; passed over in requests.
    public var node: String?

    public init(
        result: String, text: String, at: String? = nil, agent: String? = nil, node: String? = nil
    ) {
        self.result = result
        self.text = text
        self.at = at
        self.agent = agent
        self.node = node
    }
}

extension SkillNote {
    public init(reading fields: inout FieldReader) throws {
        result = try fields.required("result")
        text = try fields.required("text")
        at = try fields.optional("at")
        agent = try fields.optional("agent")
        node = try fields.optional("node")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("result", result)
        fields.put("text", text)
        fields.put("at", at)
        fields.put("agent", agent)
        fields.putIfPresent("node", node)
    }
}
