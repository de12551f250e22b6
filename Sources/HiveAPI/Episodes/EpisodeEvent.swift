/// Something that happened within an episode.
public struct EpisodeEvent: JSONRecord {
    public var text: String
    /// When it happened: RFC 3339; where a request leaves it out, when it is written.
    public var at: String?
    /// Whatever else is known, in the author's own shape.
    public var data: JSONValue?
    /// Who says so; nil where nobody claimed to be an agent.
    public var agent: String?
    /// The node that wrote it; passed over in requests.
    public var node: String?

    public init(_ text: String, at: String? = nil, data: JSONValue? = nil, agent: String? = nil, node: String? = nil) {
        self.text = text
        self.at = at
        self.data = data
        self.agent = agent
        self.node = node
    }
}

extension EpisodeEvent {
    public init(reading fields: inout FieldReader) throws {
        text = try fields.required("text")
        at = try fields.optional("at")
        data = try fields.optional("data")
        agent = try fields.optional("agent")
        node = try fields.optional("node")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("text", text)
        fields.put("at", at)
        fields.putIfPresent("data", data)
        fields.put("agent", agent)
        fields.putIfPresent("node", node)
    }
}
