/// One memory of a working set.
public struct WorkingEntry: JSONRecord {
    public var id: String
    public var kind: String
    public var scope: String
    /// The beginning of its text.
    public var excerpt: String
    /// What is left of it now, from 0 to 1.
    public var attention: Double
    public var weight: Double
    /// RFC 3339: the last look.
    public var attendedAt: String
    /// What it takes of the budget.
    public var tokens: Int
    /// Whether it takes less than its whole text would, for want of room.
    public var shortened: Bool

    public init(
        id: String, kind: String, scope: String, excerpt: String, attention: Double, weight: Double,
        attendedAt: String, tokens: Int, shortened: Bool
    ) {
        self.id = id
        self.kind = kind
        self.scope = scope
        self.excerpt = excerpt
        self.attention = attention
        self.weight = weight
        self.attendedAt = attendedAt
        self.tokens = tokens
        self.shortened = shortened
    }
}

extension WorkingEntry {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        kind = try fields.required("kind")
        scope = try fields.required("scope")
        excerpt = try fields.required("excerpt")
        attention = try fields.required("attention")
        weight = try fields.required("weight")
        attendedAt = try fields.required("attendedAt")
        tokens = try fields.required("tokens")
        shortened = try fields.required("shortened")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("kind", kind)
        fields.put("scope", scope)
        fields.put("excerpt", excerpt)
        fields.put("attention", attention)
        fields.put("weight", weight)
        fields.put("attendedAt", attendedAt)
        fields.put("tokens", tokens)
        fields.put("shortened", shortened)
    }
}
