/// A memory as everybody sees it. Times are RFC 3339 in UTC.
public struct Memory: JSONRecord {
    /// The opaque id; a unique prefix is accepted wherever an id is.
    public var id: String
    /// `instant`, `episodic`, `semantic` or `procedural`.
    public var kind: String
    /// `instance`, `agent:NAME`, `collective:NAME` or `universal`.
    public var scope: String
    public var category: String?
    /// The text; nil while it is on its way from another node.
    public var content: String?
    public var context: String?
    /// Each once, sorted.
    public var tags: [String]
    public var metadata: [String: JSONValue]
    /// How sure the author was, 0 to 1.
    public var confidence: Double?
    public var epistemic: Epistemic
    public var author: Author
    public var createdAt: String
    public var updatedAt: String
    public var expiresAt: String?
    public var links: [MemoryLink]
    /// How alive it is; where one memory was asked for.
    public var lifecycle: Lifecycle?
    /// Whether concurrent writes left unequal values standing.
    public var contested: Bool
    /// An opaque token of what was seen; an update may present it.
    public var version: String
    /// Where it was imported from; nil where it was written here.
    public var origin: MemoryOrigin? = nil
    /// What an episode has beside that.
    public var episode: EpisodeDetail?
    /// What a skill has beside that.
    public var skill: SkillDetail?
    /// Of a memory that was promoted, and of its copies.
    public var promotion: PromotionTrace?
    /// The fields of an infrastructure state, an incident or a runbook; nil for other memories.
    public var record: JSONValue?

    public init(
        id: String, kind: String, scope: String, category: String? = nil, content: String? = nil,
        context: String? = nil, tags: [String] = [], metadata: [String: JSONValue] = [:], confidence: Double? = nil,
        epistemic: Epistemic = Epistemic(), author: Author, createdAt: String, updatedAt: String,
        expiresAt: String? = nil, links: [MemoryLink] = [], contested: Bool = false, version: String
    ) {
        self.id = id
        self.kind = kind
        self.scope = scope
        self.category = category
        self.content = content
        self.context = context
        self.tags = tags
        self.metadata = metadata
        self.confidence = confidence
        self.epistemic = epistemic
        self.author = author
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
        self.links = links
        lifecycle = nil
        self.contested = contested
        self.version = version
    }
}

extension Memory {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        kind = try fields.required("kind")
        scope = try fields.required("scope")
        category = try fields.optional("category")
        content = try fields.optional("content")
        context = try fields.optional("context")
        tags = try fields.value("tags", default: [])
        metadata = try fields.value("metadata", default: [:])
        confidence = try fields.optional("confidence")
        epistemic = try fields.value("epistemic", default: Epistemic())
        author = try fields.required("author")
        createdAt = try fields.required("createdAt")
        updatedAt = try fields.required("updatedAt")
        expiresAt = try fields.optional("expiresAt")
        links = try fields.value("links", default: [])
        lifecycle = try fields.optional("lifecycle")
        contested = try fields.value("contested", default: false)
        version = try fields.required("version")
        origin = try fields.optional("origin")
        episode = try fields.optional("episode")
        skill = try fields.optional("skill")
        promotion = try fields.optional("promotion")
        record = try fields.optional("record")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("kind", kind)
        fields.put("scope", scope)
        fields.put("category", category)
        fields.put("content", content)
        fields.put("context", context)
        fields.put("tags", tags)
        fields.put("metadata", metadata)
        fields.put("confidence", confidence)
        fields.put("epistemic", epistemic)
        fields.put("author", author)
        fields.put("createdAt", createdAt)
        fields.put("updatedAt", updatedAt)
        fields.put("expiresAt", expiresAt)
        fields.put("links", links)
        fields.putIfPresent("lifecycle", lifecycle)
        fields.put("contested", contested)
        fields.put("version", version)
        fields.putIfPresent("origin", origin)
        fields.putIfPresent("episode", episode)
        fields.putIfPresent("skill", skill)
        fields.putIfPresent("promotion", promotion)
        fields.putIfPresent("record", record)
    }
}
