/// An incident. Times are RFC 3339 in UTC.
public struct IncidentRecord: JSONRecord {
    /// The memory that it is.
    public var id: String
    public var title: String
    public var summary: String?
    /// `sev1` to `sev4`.
    public var severity: String
    /// `open`, `investigating`, `mitigated` or `resolved`.
    public var status: String
    public var systems: [String]
    /// By time, oldest first.
    public var timeline: [IncidentEntry]
    /// `cause`, `impact` and `resolution`, and whatever else it is tied to.
    public var links: [MemoryLink]
    public var detectedAt: String
    public var resolvedAt: String?
    /// From the detection to the resolution, or to now.
    public var durationSeconds: Int
    /// What ended it. Several where people ended it at once, the shown one first.
    public var resolutions: [String]
    public var lessons: String?
    public var scope: String
    public var tags: [String]
    public var author: Author
    public var contested: Bool
    public var version: String
    /// What may help: with the answer that resolves an incident.
    public var suggestions: IncidentSuggestions?

    public init(
        id: String, title: String, summary: String? = nil, severity: String, status: String, systems: [String] = [],
        timeline: [IncidentEntry] = [], links: [MemoryLink] = [], detectedAt: String, resolvedAt: String? = nil,
        durationSeconds: Int, resolutions: [String] = [], lessons: String? = nil, scope: String, tags: [String] = [],
        author: Author, contested: Bool = false, version: String, suggestions: IncidentSuggestions? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.severity = severity
        self.status = status
        self.systems = systems
        self.timeline = timeline
        self.links = links
        self.detectedAt = detectedAt
        self.resolvedAt = resolvedAt
        self.durationSeconds = durationSeconds
        self.resolutions = resolutions
        self.lessons = lessons
        self.scope = scope
        self.tags = tags
        self.author = author
        self.contested = contested
        self.version = version
        self.suggestions = suggestions
    }
}

extension IncidentRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.required("title")
        summary = try fields.optional("summary")
        severity = try fields.required("severity")
        status = try fields.required("status")
        systems = try fields.value("systems", default: [])
        timeline = try fields.value("timeline", default: [])
        links = try fields.value("links", default: [])
        detectedAt = try fields.required("detectedAt")
        resolvedAt = try fields.optional("resolvedAt")
        durationSeconds = try fields.required("durationSeconds")
        resolutions = try fields.value("resolutions", default: [])
        lessons = try fields.optional("lessons")
        scope = try fields.required("scope")
        tags = try fields.value("tags", default: [])
        author = try fields.required("author")
        contested = try fields.value("contested", default: false)
        version = try fields.required("version")
        suggestions = try fields.optional("suggestions")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("summary", summary)
        fields.put("severity", severity)
        fields.put("status", status)
        fields.put("systems", systems)
        fields.put("timeline", timeline)
        fields.put("links", links)
        fields.put("detectedAt", detectedAt)
        fields.put("resolvedAt", resolvedAt)
        fields.put("durationSeconds", durationSeconds)
        fields.put("resolutions", resolutions)
        fields.put("lessons", lessons)
        fields.put("scope", scope)
        fields.put("tags", tags)
        fields.put("author", author)
        fields.put("contested", contested)
        fields.put("version", version)
        fields.put("suggestions", suggestions)
    }
}
