/// A task for somebody.
public struct DelegateTask: JSONRecord {
    /// One line.
    public var title: String
    public var description: String?
    /// What its agent must be able to do.
    public var capabilities: [String]
    /// The agent that it is for.
    public var to: String?
    /// `suitable` looks for the most suitable agent, `anyone` leaves it to whoever claims it first. With `to` neither.
    public var choice: String?
    /// `critical`, `high`, `normal`, `low`, or 1 to 1000.
    public var priority: String
    /// RFC 3339: after that the result is of no use.
    public var deadline: String?
    /// Ids of tasks that must be completed before.
    public var dependsOn: [String]
    /// The id of the task that it is a part of.
    public var parent: String?
    /// How often it may be begun, 1 to 100; default 3.
    public var attempts: Int?
    /// For how many seconds nothing may be heard of its holder; default 600.
    public var leaseSeconds: Int?
    public var scope: String?
    /// Who delegates it.
    public var agent: String?
    /// Repeating a request with the same key and content delegates nothing again.
    public var idempotencyKey: String?

    public init(
        title: String, description: String? = nil, capabilities: [String] = [], to: String? = nil,
        choice: String? = nil, priority: String = "normal", deadline: String? = nil, dependsOn: [String] = [],
        parent: String? = nil, attempts: Int? = nil, leaseSeconds: Int? = nil, scope: String? = nil,
        agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.title = title
        self.description = description
        self.capabilities = capabilities
        self.to = to
        self.choice = choice
        self.priority = priority
        self.deadline = deadline
        self.dependsOn = dependsOn
        self.parent = parent
        self.attempts = attempts
        self.leaseSeconds = leaseSeconds
        self.scope = scope
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension DelegateTask {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.required("title")
        description = try fields.optional("description")
        capabilities = try fields.value("capabilities", default: [])
        to = try fields.optional("to")
        choice = try fields.optional("choice")
        priority = try fields.value("priority", default: "normal")
        deadline = try fields.optional("deadline")
        dependsOn = try fields.value("dependsOn", default: [])
        parent = try fields.optional("parent")
        attempts = try fields.optional("attempts")
        leaseSeconds = try fields.optional("leaseSeconds")
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("title", title)
        fields.putIfPresent("description", description)
        fields.put("capabilities", capabilities)
        fields.putIfPresent("to", to)
        fields.putIfPresent("choice", choice)
        fields.put("priority", priority)
        fields.putIfPresent("deadline", deadline)
        fields.put("dependsOn", dependsOn)
        fields.putIfPresent("parent", parent)
        fields.putIfPresent("attempts", attempts)
        fields.putIfPresent("leaseSeconds", leaseSeconds)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
