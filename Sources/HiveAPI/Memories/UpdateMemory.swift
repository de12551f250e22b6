/// A change of a memory: what is not named stays as it is.
public struct UpdateMemory: JSONRecord {
    public var content: String?
    public var category: FieldUpdate<String>
    public var context: FieldUpdate<String>
    public var confidence: FieldUpdate<Double>
    /// RFC 3339; not together with `expiresIn`.
    public var expiresAt: FieldUpdate<String>
    /// Seconds from now.
    public var expiresIn: Int?
    public var source: FieldUpdate<String>
    public var status: FieldUpdate<String>
    /// Replaces all tags; not together with `addTags` and `removeTags`.
    public var tags: [String]?
    public var addTags: [String]
    public var removeTags: [String]
    /// Sets these keys; null removes a key; the others stay.
    public var metadata: [String: JSONValue]
    public var addLinks: [MemoryLink]
    public var removeLinks: [MemoryLink]
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw. Without it the node takes its current version and says so in `basedOn`.
    public var version: String?
    /// Whether a `version` that is no longer current is refused (`stale_version`) and not stored as concurrent.
    public var requireCurrent: Bool
    /// Repeating a write with the same key and content writes nothing again.
    public var idempotencyKey: String?

    public init(
        content: String? = nil, category: FieldUpdate<String> = .keep, context: FieldUpdate<String> = .keep,
        confidence: FieldUpdate<Double> = .keep, expiresAt: FieldUpdate<String> = .keep, expiresIn: Int? = nil,
        source: FieldUpdate<String> = .keep, status: FieldUpdate<String> = .keep, tags: [String]? = nil,
        addTags: [String] = [], removeTags: [String] = [], metadata: [String: JSONValue] = [:],
        addLinks: [MemoryLink] = [], removeLinks: [MemoryLink] = [], agent: String? = nil, version: String? = nil,
        requireCurrent: Bool = false, idempotencyKey: String? = nil
    ) {
        self.content = content
        self.category = category
        self.context = context
        self.confidence = confidence
        self.expiresAt = expiresAt
        self.expiresIn = expiresIn
        self.source = source
        self.status = status
        self.tags = tags
        self.addTags = addTags
        self.removeTags = removeTags
        self.metadata = metadata
        self.addLinks = addLinks
        self.removeLinks = removeLinks
        self.agent = agent
        self.version = version
        self.requireCurrent = requireCurrent
        self.idempotencyKey = idempotencyKey
    }
}

extension UpdateMemory {
    public init(reading fields: inout FieldReader) throws {
        content = try fields.optional("content")
        category = try fields.change("category")
        context = try fields.change("context")
        confidence = try fields.change("confidence")
        expiresAt = try fields.change("expiresAt")
        expiresIn = try fields.optional("expiresIn")
        source = try fields.change("source")
        status = try fields.change("status")
        tags = try fields.optional("tags")
        addTags = try fields.value("addTags", default: [])
        removeTags = try fields.value("removeTags", default: [])
        metadata = try fields.value("metadata", default: [:])
        addLinks = try fields.value("addLinks", default: [])
        removeLinks = try fields.value("removeLinks", default: [])
        agent = try fields.optional("agent")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("content", content)
        fields.put("category", category)
        fields.put("context", context)
        fields.put("confidence", confidence)
        fields.put("expiresAt", expiresAt)
        fields.putIfPresent("expiresIn", expiresIn)
        fields.put("source", source)
        fields.put("status", status)
        fields.putIfPresent("tags", tags)
        fields.put("addTags", addTags)
        fields.put("removeTags", removeTags)
        fields.put("metadata", metadata)
        fields.put("addLinks", addLinks)
        fields.put("removeLinks", removeLinks)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
