/// A runbook to be kept: given by its parts, as Markdown, or drafted from a memory. Parts that are given beside the
/// others take their place.
public struct WriteRunbook: JSONRecord {
    public var title: String?
    public var summary: String?
    /// When it is to be followed.
    public var trigger: String?
    public var preconditions: [String]?
    /// At most 200.
    public var steps: [RunbookStepRecord]?
    /// Steps as a text, one on each line; a line that begins with `$ ` is a command.
    public var procedure: String?
    public var expectedOutcome: String?
    public var systems: [String]?
    public var owner: String?
    /// RFC 3339.
    public var reviewedAt: String?
    /// A runbook as `GET /api/v1/runbooks/{id}/markdown` gives it, or written by hand.
    public var markdown: String?
    /// The id of an incident, or of another memory of how something was done, that a draft is made from.
    public var source: String?
    public var tags: [String]
    public var scope: String?
    public var agent: String?
    /// For a change: what the caller saw.
    public var version: String?
    /// Refuses with `stale_version` where the runbook has changed since `version`.
    public var requireCurrent = false

    public init(
        title: String? = nil, summary: String? = nil, trigger: String? = nil, preconditions: [String]? = nil,
        steps: [RunbookStepRecord]? = nil, procedure: String? = nil, expectedOutcome: String? = nil,
        systems: [String]? = nil, owner: String? = nil, reviewedAt: String? = nil, markdown: String? = nil,
        source: String? = nil, tags: [String] = [], scope: String? = nil, agent: String? = nil, version: String? = nil
    ) {
        self.title = title
        self.summary = summary
        self.trigger = trigger
        self.preconditions = preconditions
        self.steps = steps
        self.procedure = procedure
        self.expectedOutcome = expectedOutcome
        self.systems = systems
        self.owner = owner
        self.reviewedAt = reviewedAt
        self.markdown = markdown
        self.source = source
        self.tags = tags
        self.scope = scope
        self.agent = agent
        self.version = version
    }
}

extension WriteRunbook {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.optional("title")
        summary = try fields.optional("summary")
        trigger = try fields.optional("trigger")
        preconditions = try fields.optional("preconditions")
        steps = try fields.optional("steps")
        procedure = try fields.optional("procedure")
        expectedOutcome = try fields.optional("expectedOutcome")
        systems = try fields.optional("systems")
        owner = try fields.optional("owner")
        reviewedAt = try fields.optional("reviewedAt")
        markdown = try fields.optional("markdown")
        source = try fields.optional("source")
        tags = try fields.value("tags", default: [])
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("title", title)
        fields.putIfPresent("summary", summary)
        fields.putIfPresent("trigger", trigger)
        fields.putIfPresent("preconditions", preconditions)
        fields.putIfPresent("steps", steps)
        fields.putIfPresent("procedure", procedure)
        fields.putIfPresent("expectedOutcome", expectedOutcome)
        fields.putIfPresent("systems", systems)
        fields.putIfPresent("owner", owner)
        fields.putIfPresent("reviewedAt", reviewedAt)
        fields.putIfPresent("markdown", markdown)
        fields.putIfPresent("source", source)
        fields.put("tags", tags)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
        if requireCurrent { fields.put("requireCurrent", requireCurrent) }
    }
}
