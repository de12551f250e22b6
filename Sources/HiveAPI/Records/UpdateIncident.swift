/// What happened to an incident, or what is known better now. What is left out stays.
public struct UpdateIncident: JSONRecord {
    public var title: String?
    public var summary: String?
    public var severity: String?
    /// What it becomes: see the order in the handbook.
    public var status: String?
    /// Goes on the timeline.
    public var note: String?
    /// RFC 3339: when it happened; default: now.
    public var at: String?
    /// What ended it; the incident is resolved by it.
    public var resolution: String?
    public var lessons: String?
    public var addSystems: [String]
    public var removeSystems: [String]
    /// What the caller saw: nothing that it did not see is replaced.
    public var version: String?
    /// Refuses with `stale_version` where the incident has changed since `version`.
    public var requireCurrent = false
    public var agent: String?

    public init(
        title: String? = nil, summary: String? = nil, severity: String? = nil, status: String? = nil,
        note: String? = nil, at: String? = nil, resolution: String? = nil, lessons: String? = nil,
        addSystems: [String] = [], removeSystems: [String] = [], version: String? = nil, agent: String? = nil
    ) {
        self.title = title
        self.summary = summary
        self.severity = severity
        self.status = status
        self.note = note
        self.at = at
        self.resolution = resolution
        self.lessons = lessons
        self.addSystems = addSystems
        self.removeSystems = removeSystems
        self.version = version
        self.agent = agent
    }
}

extension UpdateIncident {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.optional("title")
        summary = try fields.optional("summary")
        severity = try fields.optional("severity")
        status = try fields.optional("status")
        note = try fields.optional("note")
        at = try fields.optional("at")
        resolution = try fields.optional("resolution")
        lessons = try fields.optional("lessons")
        addSystems = try fields.value("addSystems", default: [])
        removeSystems = try fields.value("removeSystems", default: [])
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("title", title)
        fields.putIfPresent("summary", summary)
        fields.putIfPresent("severity", severity)
        fields.putIfPresent("status", status)
        fields.putIfPresent("note", note)
        fields.putIfPresent("at", at)
        fields.putIfPresent("resolution", resolution)
        fields.putIfPresent("lessons", lessons)
        fields.put("addSystems", addSystems)
        fields.put("removeSystems", removeSystems)
        fields.putIfPresent("version", version)
        if requireCurrent { fields.put("requireCurrent", requireCurrent) }
        fields.putIfPresent("agent", agent)
    }
}
