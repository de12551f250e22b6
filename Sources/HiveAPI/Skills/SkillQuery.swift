/// Which skills. With `q` those come first whose trigger fits best.
public struct SkillQuery: JSONRecord {
    /// The situation, in plain words.
    public var q: String?
    /// 1 to 100.
    public var limit: Int
    public var tag: [String]
    public var category: String?
    public var scope: String?
    /// As `hypothetical`, which proposed skills are until somebody says otherwise.
    public var status: String?
    /// Of a listing without `q`: `next` of the page before.
    public var cursor: String?

    public init(
        q: String? = nil, limit: Int = 20, tag: [String] = [], category: String? = nil, scope: String? = nil,
        status: String? = nil, cursor: String? = nil
    ) {
        self.q = q
        self.limit = limit
        self.tag = tag
        self.category = category
        self.scope = scope
        self.status = status
        self.cursor = cursor
    }

    /// The same as a question about memories.
    public var memories: MemoryQuery {
        var query = MemoryQuery(
            q: q, limit: limit, cursor: cursor, tag: tag, category: category, kind: "procedural", scope: scope)
        query.status = status
        return query
    }
}

extension SkillQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        limit = try fields.value("limit", default: 20)
        tag = try fields.value("tag", default: [])
        category = try fields.optional("category")
        scope = try fields.optional("scope")
        status = try fields.optional("status")
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.put("limit", limit)
        fields.put("tag", tag)
        fields.putIfPresent("category", category)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("status", status)
        fields.putIfPresent("cursor", cursor)
    }
}
