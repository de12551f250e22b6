/// A task. Times are RFC 3339 in UTC.
public struct TaskRecord: JSONRecord {
    public var id: String
    public var title: String
    public var description: String?
    /// `open`, `assigned`, `claimed`, `in_progress`, `completed`, `failed`, `cancelled` or `expired`.
    public var status: String
    /// What it waits for.
    public var blockedBy: [TaskBlocker]
    public var capabilities: [String]
    public var priority: String
    public var deadline: String?
    /// `named`, `suitable` or `anyone`.
    public var choice: String
    /// Who holds it, or whom it is offered to or meant for.
    public var assignee: String?
    /// Who holds it.
    public var claim: TaskClaim?
    /// 0 to 100, as the holder last said.
    public var percent: Int?
    /// How many claims came to nothing.
    public var failures: Int
    /// How often it may be begun.
    public var attempts: Int
    public var leaseSeconds: Int
    public var result: String?
    /// Why it is open again, failed, was cancelled or expired; of an open task why nobody was found.
    public var reason: String?
    /// Who was looked at when an agent was last sought, the chosen one first.
    public var judgements: [TaskJudgement]
    public var dependsOn: [String]
    public var parent: String?
    public var subtasks: [String]
    /// What was asked and ruled, oldest first; of one task only, not in lists.
    public var history: [TaskEvent]
    public var author: Author
    /// The node that decides about it.
    public var home: String
    public var scope: String
    public var createdAt: String
    public var updatedAt: String
    public var closedAt: String?
    public var version: String

    public init(
        id: String, title: String, description: String? = nil, status: String, blockedBy: [TaskBlocker] = [],
        capabilities: [String] = [], priority: String, deadline: String? = nil, choice: String,
        assignee: String? = nil, claim: TaskClaim? = nil, percent: Int? = nil, failures: Int = 0, attempts: Int,
        leaseSeconds: Int, result: String? = nil, reason: String? = nil, judgements: [TaskJudgement] = [],
        dependsOn: [String] = [], parent: String? = nil, subtasks: [String] = [], history: [TaskEvent] = [],
        author: Author, home: String, scope: String, createdAt: String, updatedAt: String, closedAt: String? = nil,
        version: String
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.status = status
        self.blockedBy = blockedBy
        self.capabilities = capabilities
        self.priority = priority
        self.deadline = deadline
        self.choice = choice
        self.assignee = assignee
        self.claim = claim
        self.percent = percent
        self.failures = failures
        self.attempts = attempts
        self.leaseSeconds = leaseSeconds
        self.result = result
        self.reason = reason
        self.judgements = judgements
        self.dependsOn = dependsOn
        self.parent = parent
        self.subtasks = subtasks
        self.history = history
        self.author = author
        self.home = home
        self.scope = scope
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.closedAt = closedAt
        self.version = version
    }
}

extension TaskRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.required("title")
        description = try fields.optional("description")
        status = try fields.required("status")
        blockedBy = try fields.value("blockedBy", default: [])
        capabilities = try fields.value("capabilities", default: [])
        priority = try fields.required("priority")
        deadline = try fields.optional("deadline")
        choice = try fields.required("choice")
        assignee = try fields.optional("assignee")
        claim = try fields.optional("claim")
        percent = try fields.optional("percent")
        failures = try fields.value("failures", default: 0)
        attempts = try fields.required("attempts")
        leaseSeconds = try fields.required("leaseSeconds")
        result = try fields.optional("result")
        reason = try fields.optional("reason")
        judgements = try fields.value("judgements", default: [])
        dependsOn = try fields.value("dependsOn", default: [])
        parent = try fields.optional("parent")
        subtasks = try fields.value("subtasks", default: [])
        history = try fields.value("history", default: [])
        author = try fields.required("author")
        home = try fields.required("home")
        scope = try fields.required("scope")
        createdAt = try fields.required("createdAt")
        updatedAt = try fields.required("updatedAt")
        closedAt = try fields.optional("closedAt")
        version = try fields.required("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("description", description)
        fields.put("status", status)
        fields.put("blockedBy", blockedBy)
        fields.put("capabilities", capabilities)
        fields.put("priority", priority)
        fields.put("deadline", deadline)
        fields.put("choice", choice)
        fields.put("assignee", assignee)
        fields.put("claim", claim)
        fields.put("percent", percent)
        fields.put("failures", failures)
        fields.put("attempts", attempts)
        fields.put("leaseSeconds", leaseSeconds)
        fields.put("result", result)
        fields.put("reason", reason)
        fields.put("judgements", judgements)
        fields.put("dependsOn", dependsOn)
        fields.put("parent", parent)
        fields.put("subtasks", subtasks)
        fields.put("history", history)
        fields.put("author", author)
        fields.put("home", home)
        fields.put("scope", scope)
        fields.put("createdAt", createdAt)
        fields.put("updatedAt", updatedAt)
        fields.put("closedAt", closedAt)
        fields.put("version", version)
    }
}
