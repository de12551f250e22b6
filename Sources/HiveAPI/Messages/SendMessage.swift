/// A message to agents.
public struct SendMessage: JSONRecord {
    /// Agents (`NAME`, or `NAME@NODE` where several have the name), `role:ROLE`, `capability:WORD`, `all`.
    /// Empty for an answer, which goes to whoever asked.
    public var to: [String]
    /// At most 32 KiB.
    public var text: String
    public var subject: String?
    /// low, normal, high or urgent.
    public var priority: String?
    /// The message that this one answers.
    public var inReplyTo: String?
    /// Seconds until it is gone from inboxes.
    public var expiresIn: Int?
    /// Default: the scope of the agent that it is for, where both nodes hold it, else `collective:main`.
    public var scope: String?
    /// A memory that it is about.
    public var memory: String?
    public var category: String?
    /// The agent that sends it; default: the caller.
    public var agent: String?
    /// Repeating a request with the same key and content sends nothing again.
    public var idempotencyKey: String?

    public init(
        to: [String] = [], text: String, subject: String? = nil, priority: String? = nil, inReplyTo: String? = nil,
        expiresIn: Int? = nil, scope: String? = nil, memory: String? = nil, category: String? = nil,
        agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.to = to
        self.text = text
        self.subject = subject
        self.priority = priority
        self.inReplyTo = inReplyTo
        self.expiresIn = expiresIn
        self.scope = scope
        self.memory = memory
        self.category = category
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension SendMessage {
    public init(reading fields: inout FieldReader) throws {
        to = try fields.value("to", default: [])
        text = try fields.required("text")
        subject = try fields.optional("subject")
        priority = try fields.optional("priority")
        inReplyTo = try fields.optional("inReplyTo")
        expiresIn = try fields.optional("expiresIn")
        scope = try fields.optional("scope")
        memory = try fields.optional("memory")
        category = try fields.optional("category")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("to", to)
        fields.put("text", text)
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("priority", priority)
        fields.putIfPresent("inReplyTo", inReplyTo)
        fields.putIfPresent("expiresIn", expiresIn)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("memory", memory)
        fields.putIfPresent("category", category)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
