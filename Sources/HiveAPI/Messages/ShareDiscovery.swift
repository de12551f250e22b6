/// Something found out that others should know: kept as a memory, and told.
public struct ShareDiscovery: JSONRecord {
    public var content: String
    public var category: String?
    /// info, warning or critical.
    public var severity: String?
    /// `all`, `role:ROLE`, `capability:WORD`, agents.
    public var to: [String]
    public var tags: [String]
    /// Of the memory and of the message.
    public var scope: String?
    public var agent: String?
    public var idempotencyKey: String?

    public init(
        content: String, category: String? = nil, severity: String? = nil, to: [String] = ["all"], tags: [String] = [],
        scope: String? = nil, agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.content = content
        self.category = category
        self.severity = severity
        self.to = to
        self.tags = tags
        self.scope = scope
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension ShareDiscovery {
    public init(reading fields: inout FieldReader) throws {
        content = try fields.required("content")
        category = try fields.optional("category")
        severity = try fields.optional("severity")
        to = try fields.value("to", default: ["all"])
        tags = try fields.value("tags", default: [])
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("content", content)
        fields.putIfPresent("category", category)
        fields.putIfPresent("severity", severity)
        fields.put("to", to)
        fields.put("tags", tags)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
