/// The beginning of an episode.
public struct StartEpisode: JSONRecord {
    /// What it is about, in one line.
    public var title: String
    /// How much it matters, 0 to 1.
    public var significance: Double?
    /// When it began: RFC 3339; default now.
    public var at: String?
    /// Default: where the configuration puts episodes, usually `instance`.
    public var scope: String?
    public var category: String?
    public var context: String?
    public var tags: [String]
    public var metadata: [String: JSONValue]
    /// Who says this; default: the caller.
    public var agent: String?
    /// Repeating a write with the same key and content writes nothing again.
    public var idempotencyKey: String?

    public init(
        title: String, significance: Double? = nil, at: String? = nil, scope: String? = nil, category: String? = nil,
        context: String? = nil, tags: [String] = [], metadata: [String: JSONValue] = [:], agent: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.title = title
        self.significance = significance
        self.at = at
        self.scope = scope
        self.category = category
        self.context = context
        self.tags = tags
        self.metadata = metadata
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }

    /// The memory that begins it.
    public var memory: StoreMemory {
        var memory = StoreMemory(
            content: title, kind: "episodic", scope: scope, category: category, context: context, tags: tags,
            metadata: metadata, agent: agent, idempotencyKey: idempotencyKey)
        memory.episode = EpisodeDetail(startedAt: at, significance: significance)
        return memory
    }
}

extension StartEpisode {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.required("title")
        significance = try fields.optional("significance")
        at = try fields.optional("at")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        context = try fields.optional("context")
        tags = try fields.value("tags", default: [])
        metadata = try fields.value("metadata", default: [:])
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("title", title)
        fields.putIfPresent("significance", significance)
        fields.putIfPresent("at", at)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("context", context)
        fields.put("tags", tags)
        fields.put("metadata", metadata)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
