/// Which memories. Without `q` the newest come first.
public struct MemoryQuery: JSONRecord {
    /// Words to search for.
    public var q: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?
    /// All of these.
    public var tag: [String]
    public var category: String?
    public var kind: String?
    public var scope: String?
    /// The author.
    public var agent: String?
    /// RFC 3339: changed at or after.
    public var since: String?
    /// RFC 3339: changed before.
    public var until: String?
    /// Whom a memory is about.
    public var user: String?
    public var context: String?
    public var status: String?
    public var source: String?
    /// Of beliefs.
    public var subject: String?
    public var relation: String?
    public var object: String?
    /// `KEY=VALUE` of the metadata, all of these.
    public var meta: [String]
    /// Of episodes: `open`, `success`, `failure`, `partial` or `abandoned`.
    public var outcome: String?
    /// The least confidence that its author stated, 0 to 1.
    public var confidence: Double?
    /// The least effective confidence, 0 to 1: what is left of it for whom it comes from and how old it is.
    public var believed: Double?
    /// Also by meaning, where the node can.
    public var semantic: Bool
    public var explain: Bool
    /// Also what was put into the archive.
    public var archived: Bool

    public init(
        q: String? = nil, limit: Int = 20, cursor: String? = nil, tag: [String] = [], category: String? = nil,
        kind: String? = nil, scope: String? = nil, agent: String? = nil, since: String? = nil, until: String? = nil,
        user: String? = nil, semantic: Bool = true, explain: Bool = false
    ) {
        self.q = q
        self.limit = limit
        self.cursor = cursor
        self.tag = tag
        self.category = category
        self.kind = kind
        self.scope = scope
        self.agent = agent
        self.since = since
        self.until = until
        self.user = user
        meta = []
        self.semantic = semantic
        self.explain = explain
        archived = false
    }
}

extension MemoryQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
        tag = try fields.value("tag", default: [])
        category = try fields.optional("category")
        kind = try fields.optional("kind")
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
        since = try fields.optional("since")
        until = try fields.optional("until")
        user = try fields.optional("user")
        context = try fields.optional("context")
        status = try fields.optional("status")
        source = try fields.optional("source")
        subject = try fields.optional("subject")
        relation = try fields.optional("relation")
        object = try fields.optional("object")
        meta = try fields.value("meta", default: [])
        confidence = try fields.optional("confidence")
        believed = try fields.optional("believed")
        outcome = try fields.optional("outcome")
        semantic = try fields.value("semantic", default: true)
        explain = try fields.value("explain", default: false)
        archived = try fields.value("archived", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
        fields.put("tag", tag)
        fields.putIfPresent("category", category)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("since", since)
        fields.putIfPresent("until", until)
        fields.putIfPresent("user", user)
        fields.putIfPresent("context", context)
        fields.putIfPresent("status", status)
        fields.putIfPresent("source", source)
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("relation", relation)
        fields.putIfPresent("object", object)
        fields.put("meta", meta)
        fields.putIfPresent("confidence", confidence)
        fields.putIfPresent("believed", believed)
        fields.putIfPresent("outcome", outcome)
        fields.put("semantic", semantic)
        fields.put("explain", explain)
        fields.put("archived", archived)
    }
}
