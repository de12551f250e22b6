/// Who knows about something.
public struct KnowledgeQuery: JSONRecord {
    /// What about, in plain words.
    public var q: String
    public var scope: String?
    /// How many agents, 1 to 100.
    public var limit: Int

    public init(q: String, scope: String? = nil, limit: Int = 10) {
        self.q = q
        self.scope = scope
        self.limit = limit
    }
}

extension KnowledgeQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.required("q")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 10)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("q", q)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
    }
}
