/// A runbook. Times are RFC 3339 in UTC.
public struct RunbookRecord: JSONRecord {
    /// The memory that it is.
    public var id: String
    public var title: String
    public var summary: String?
    public var trigger: String?
    public var preconditions: [String]
    public var steps: [RunbookStepRecord]
    public var expectedOutcome: String?
    public var systems: [String]
    public var owner: String?
    public var reviewedAt: String?
    public var statistics: RunbookStatistics
    /// Every time that somebody followed it, oldest first.
    public var runs: [RunbookRunRecord]
    public var links: [MemoryLink]
    public var markdown: String
    public var scope: String
    public var tags: [String]
    public var author: Author
    public var contested: Bool
    public var version: String

    public init(
        id: String, title: String, summary: String? = nil, trigger: String? = nil, preconditions: [String] = [],
        steps: [RunbookStepRecord] = [], expectedOutcome: String? = nil, systems: [String] = [], owner: String? = nil,
        reviewedAt: String? = nil, statistics: RunbookStatistics, runs: [RunbookRunRecord] = [],
        links: [MemoryLink] = [], markdown: String,
        scope: String, tags: [String] = [], author: Author, contested: Bool = false, version: String
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.trigger = trigger
        self.preconditions = preconditions
        self.steps = steps
        self.expectedOutcome = expectedOutcome
        self.systems = systems
        self.owner = owner
        self.reviewedAt = reviewedAt
        self.statistics = statistics
        self.runs = runs
        self.links = links
        self.markdown = markdown
        self.scope = scope
        self.tags = tags
        self.author = author
        self.contested = contested
        self.version = version
    }
}

extension RunbookRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.required("title")
        summary = try fields.optional("summary")
        trigger = try fields.optional("trigger")
        preconditions = try fields.value("preconditions", default: [])
        steps = try fields.value("steps", default: [])
        expectedOutcome = try fields.optional("expectedOutcome")
        systems = try fields.value("systems", default: [])
        owner = try fields.optional("owner")
        reviewedAt = try fields.optional("reviewedAt")
        statistics = try fields.required("statistics")
        runs = try fields.value("runs", default: [])
        links = try fields.value("links", default: [])
        markdown = try fields.required("markdown")
        scope = try fields.required("scope")
        tags = try fields.value("tags", default: [])
        author = try fields.required("author")
        contested = try fields.value("contested", default: false)
        version = try fields.required("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("summary", summary)
        fields.put("trigger", trigger)
        fields.put("preconditions", preconditions)
        fields.put("steps", steps)
        fields.put("expectedOutcome", expectedOutcome)
        fields.put("systems", systems)
        fields.put("owner", owner)
        fields.put("reviewedAt", reviewedAt)
        fields.put("statistics", statistics)
        fields.put("runs", runs)
        fields.put("links", links)
        fields.put("markdown", markdown)
        fields.put("scope", scope)
        fields.put("tags", tags)
        fields.put("author", author)
        fields.put("contested", contested)
        fields.put("version", version)
    }
}
