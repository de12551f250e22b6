/// Which beliefs, the last changed first.
public struct BeliefQuery: JSONRecord {
    public var subject: String?
    public var relation: String?
    /// RFC 3339: as they were then. Without it, as they are.
    public var at: String?
    public var scope: String?
    /// Also what was taken back.
    public var retracted: Bool
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        subject: String? = nil, relation: String? = nil, at: String? = nil, scope: String? = nil,
        retracted: Bool = false, limit: Int = 100, cursor: String? = nil
    ) {
        self.subject = subject
        self.relation = relation
        self.at = at
        self.scope = scope
        self.retracted = retracted
        self.limit = limit
        self.cursor = cursor
    }
}

extension BeliefQuery {
    public init(reading fields: inout FieldReader) throws {
        subject = try fields.optional("subject")
        relation = try fields.optional("relation")
        at = try fields.optional("at")
        scope = try fields.optional("scope")
        retracted = try fields.value("retracted", default: false)
        limit = try fields.value("limit", default: 100)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("relation", relation)
        fields.putIfPresent("at", at)
        fields.putIfPresent("scope", scope)
        fields.put("retracted", retracted)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
