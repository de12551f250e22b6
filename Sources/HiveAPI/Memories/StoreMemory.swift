/// A new memory. What is left out is decided by the node's configuration.
public struct StoreMemory: JSONRecord {
    /// The text, at most 1 MiB.
    public var content: String
    /// Default: `semantic`.
    public var kind: String?
    /// Default: by kind, as configured.
    public var scope: String?
    public var category: String?
    public var context: String?
    /// At most 64 KiB in all.
    public var tags: [String]
    /// At most 64 KiB as JSON.
    public var metadata: [String: JSONValue]
    /// 0 to 1.
    public var confidence: Double?
    /// RFC 3339; not together with `expiresIn`.
    public var expiresAt: String?
    /// Seconds from now.
    public var expiresIn: Int?
    public var user: String?
    public var source: String?
    /// How it came to be known: `observed`, `computed`, `reported`, `inferred`, `hearsay`, `hypothetical`, …
    public var status: String?
    /// With `relation` and `object`: a belief.
    public var subject: String?
    public var relation: String?
    public var object: String?
    public var singleValued: Bool?
    public var links: [MemoryLink]
    /// What to do where the same is known already; default: as configured.
    public var duplicates: DuplicateHandling?
    /// Who says this; default: the caller.
    public var agent: String?
    /// Repeating a write with the same key and content writes nothing again.
    public var idempotencyKey: String?
    /// Of an episode only.
    public var episode: EpisodeDetail?
    /// Of a skill only.
    public var skill: SkillDetail?
    /// The fields of an infrastructure state, an incident or a runbook, as a memory shows them under `record`.
    public var record: JSONValue?

    public init(
        content: String, kind: String? = nil, scope: String? = nil, category: String? = nil, context: String? = nil,
        tags: [String] = [], metadata: [String: JSONValue] = [:], confidence: Double? = nil,
        expiresAt: String? = nil, expiresIn: Int? = nil, user: String? = nil, source: String? = nil,
        subject: String? = nil, relation: String? = nil, object: String? = nil, singleValued: Bool? = nil,
        links: [MemoryLink] = [], agent: String? = nil, idempotencyKey: String? = nil
    ) {
        self.content = content
        self.kind = kind
        self.scope = scope
        self.category = category
        self.context = context
        self.tags = tags
        self.metadata = metadata
        self.confidence = confidence
        self.expiresAt = expiresAt
        self.expiresIn = expiresIn
        self.user = user
        self.source = source
        self.subject = subject
        self.relation = relation
        self.object = object
        self.singleValued = singleValued
        self.links = links
        duplicates = nil
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }
}

extension StoreMemory {
    public init(reading fields: inout FieldReader) throws {
        content = try fields.required("content")
        kind = try fields.optional("kind")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        context = try fields.optional("context")
        tags = try fields.value("tags", default: [])
        metadata = try fields.value("metadata", default: [:])
        confidence = try fields.optional("confidence")
        expiresAt = try fields.optional("expiresAt")
        expiresIn = try fields.optional("expiresIn")
        user = try fields.optional("user")
        source = try fields.optional("source")
        status = try fields.optional("status")
        subject = try fields.optional("subject")
        relation = try fields.optional("relation")
        object = try fields.optional("object")
        singleValued = try fields.optional("singleValued")
        links = try fields.value("links", default: [])
        duplicates = try fields.optional("duplicates")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
        episode = try fields.optional("episode")
        skill = try fields.optional("skill")
        record = try fields.optional("record")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("content", content)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("context", context)
        fields.put("tags", tags)
        fields.put("metadata", metadata)
        fields.putIfPresent("confidence", confidence)
        fields.putIfPresent("expiresAt", expiresAt)
        fields.putIfPresent("expiresIn", expiresIn)
        fields.putIfPresent("user", user)
        fields.putIfPresent("source", source)
        fields.putIfPresent("status", status)
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("relation", relation)
        fields.putIfPresent("object", object)
        fields.putIfPresent("singleValued", singleValued)
        fields.put("links", links)
        fields.putIfPresent("duplicates", duplicates)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
        fields.putIfPresent("episode", episode)
        fields.putIfPresent("skill", skill)
        fields.putIfPresent("record", record)
    }
}
