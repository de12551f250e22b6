/// A question, and how long its answer is waited for.
public struct AskAgent: JSONRecord {
    /// An agent, `role:ROLE` or `capability:WORD`.
    public var to: String
    public var text: String
    public var subject: String?
    /// Seconds, 1 to 600.
    public var timeout: Int
    public var priority: String?
    /// Seconds until it can be answered no longer.
    public var expiresIn: Int?
    public var scope: String?
    /// The agent that asks; default: the caller.
    public var agent: String?
    public var idempotencyKey: String?

    public init(
        to: String, text: String, subject: String? = nil, timeout: Int = 30, priority: String? = nil,
        expiresIn: Int? = nil, scope: String? = nil, agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.to = to
        self.text = text
        self.subject = subject
        self.timeout = timeout
        self.priority = priority
        self.expiresIn = expiresIn
        self.scope = scope
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension AskAgent {
    public init(reading fields: inout FieldReader) throws {
        to = try fields.required("to")
        text = try fields.required("text")
        subject = try fields.optional("subject")
        timeout = try fields.value("timeout", default: 30)
        priority = try fields.optional("priority")
        expiresIn = try fields.optional("expiresIn")
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("to", to)
        fields.put("text", text)
        fields.putIfPresent("subject", subject)
        fields.put("timeout", timeout)
        fields.putIfPresent("priority", priority)
        fields.putIfPresent("expiresIn", expiresIn)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
