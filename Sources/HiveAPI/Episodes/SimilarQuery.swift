/// Which of the episodes that are like one.
public struct SimilarQuery: JSONRecord {
    /// 1 to 100.
    public var limit: Int
    /// `open`, `success`, `failure`, `partial` or `abandoned`.
    public var outcome: String?
    public var scope: String?

    public init(limit: Int = 10, outcome: String? = nil, scope: String? = nil) {
        self.limit = limit
        self.outcome = outcome
        self.scope = scope
    }
}

extension SimilarQuery {
    public init(reading fields: inout FieldReader) throws {
        limit = try fields.value("limit", default: 10)
        outcome = try fields.optional("outcome")
        scope = try fields.optional("scope")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("limit", limit)
        fields.putIfPresent("outcome", outcome)
        fields.putIfPresent("scope", scope)
    }
}
