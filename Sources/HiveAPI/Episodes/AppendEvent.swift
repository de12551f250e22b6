/// Something that happened, to be put down in an episode.
public struct AppendEvent: JSONRecord {
    public var text: String
    /// When it happened: RFC 3339; default now.
    public var at: String?
    /// Whatever else is known, in the author's own shape.
    public var data: JSONValue?
    /// Whether an episode that has ended goes on with this.
    public var reopen: Bool
    /// Who says this; default: the caller.
    public var agent: String?
    /// Repeating a write with the same key and content writes nothing again.
    public var idempotencyKey: String?

    public init(
        _ text: String, at: String? = nil, data: JSONValue? = nil, reopen: Bool = false, agent: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.text = text
        self.at = at
        self.data = data
        self.reopen = reopen
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension AppendEvent {
    public init(reading fields: inout FieldReader) throws {
        text = try fields.required("text")
        at = try fields.optional("at")
        data = try fields.optional("data")
        reopen = try fields.value("reopen", default: false)
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("text", text)
        fields.putIfPresent("at", at)
        fields.putIfPresent("data", data)
        fields.put("reopen", reopen)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
