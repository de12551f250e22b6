/// A new incident.
public struct OpenIncident: JSONRecord {
    public var title: String
    public var summary: String?
    /// `sev1` to `sev4`, or `critical`, `high`, `medium`, `low`.
    public var severity: String
    /// Default: `open`.
    public var status: String?
    /// What it hurts.
    public var systems: [String]
    /// RFC 3339; default: now.
    public var detectedAt: String?
    /// What ended it, where it is over: the incident is resolved then.
    public var resolution: String?
    public var lessons: String?
    public var tags: [String]
    public var scope: String?
    public var agent: String?
    /// Repeating a request with the same key and content opens nothing again.
    public var idempotencyKey: String?

    public init(
        title: String, summary: String? = nil, severity: String, status: String? = nil, systems: [String] = [],
        detectedAt: String? = nil, resolution: String? = nil, lessons: String? = nil, tags: [String] = [],
        scope: String? = nil, agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.title = title
        self.summary = summary
        self.severity = severity
        self.status = status
        self.systems = systems
        self.detectedAt = detectedAt
        self.resolution = resolution
        self.lessons = lessons
        self.tags = tags
        self.scope = scope
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension OpenIncident {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.required("title")
        summary = try fields.optional("summary")
        severity = try fields.required("severity")
        status = try fields.optional("status")
        systems = try fields.value("systems", default: [])
        detectedAt = try fields.optional("detectedAt")
        resolution = try fields.optional("resolution")
        lessons = try fields.optional("lessons")
        tags = try fields.value("tags", default: [])
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("title", title)
        fields.putIfPresent("summary", summary)
        fields.put("severity", severity)
        fields.putIfPresent("status", status)
        fields.put("systems", systems)
        fields.putIfPresent("detectedAt", detectedAt)
        fields.putIfPresent("resolution", resolution)
        fields.putIfPresent("lessons", lessons)
        fields.put("tags", tags)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
