/// Which episodes. Without `q` those that happened last come first.
public struct EpisodeQuery: JSONRecord {
    public var q: String?
    /// `open`, `success`, `failure`, `partial` or `abandoned`.
    public var outcome: String?
    /// RFC 3339: had not ended by then.
    public var since: String?
    /// RFC 3339: had begun before.
    public var until: String?
    public var agent: String?
    public var tag: [String]
    public var category: String?
    public var scope: String?
    public var limit: Int
    public var cursor: String?

    public init(
        q: String? = nil, outcome: String? = nil, since: String? = nil, until: String? = nil, agent: String? = nil,
        tag: [String] = [], category: String? = nil, scope: String? = nil, limit: Int = 20, cursor: String? = nil
    ) {
        self.q = q
        self.outcome = outcome
        self.since = since
        self.until = until
        self.agent = agent
        self.tag = tag
        self.category = category
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }

    /// The same as a question about memories.
    public var memories: MemoryQuery {
        var query = MemoryQuery(
            q: q, limit: limit, cursor: cursor, tag: tag, category: category, kind: "episodic", scope: scope,
            agent: agent, since: since, until: until)
        query.outcome = outcome
        return query
    }
}

extension EpisodeQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        outcome = try fields.optional("outcome")
        since = try fields.optional("since")
        until = try fields.optional("until")
        agent = try fields.optional("agent")
        tag = try fields.value("tag", default: [])
        category = try fields.optional("category")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.putIfPresent("outcome", outcome)
        fields.putIfPresent("since", since)
        fields.putIfPresent("until", until)
        fields.putIfPresent("agent", agent)
        fields.put("tag", tag)
        fields.putIfPresent("category", category)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
