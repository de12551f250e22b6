/// Which conflicts to list; what is nil fits all.
public struct ConflictQuery: JSONRecord {
    /// `value`, `belief`, `episodic` or `skill`.
    public var kind: String?
    public var scope: String?
    public var category: String?
    /// RFC 3339: those that began then or later.
    public var since: String?
    /// Whether they wait for a person.
    public var escalated: Bool?
    /// How many to answer with, 1 to 1000; nil for all.
    public var limit: Int?
    /// `next` of an earlier page.
    public var cursor: String?

    public init(kind: String? = nil, scope: String? = nil, limit: Int? = nil) {
        self.kind = kind
        self.scope = scope
        self.limit = limit
    }

    /// The kinds of conflicts.
    public static let kinds = ["value", "belief", "episodic", "skill"]

    /// Throws `invalid_input` for a kind that there is not, and for a limit out of its range.
    public func checkLimits() throws {
        if let kind, !Self.kinds.contains(kind) {
            throw HiveError(
                .invalidInput, "there are no conflicts of kind `\(kind)`",
                hint: "use \(Self.kinds.joined(separator: ", "))")
        }
        guard limit.map(MemoryLimits.page.contains) ?? true else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and \(MemoryLimits.page.upperBound)")
        }
        try MemoryLimits.check(texts: [("scope", scope), ("category", category)])
    }
}

extension ConflictQuery {
    public init(reading fields: inout FieldReader) throws {
        kind = try fields.optional("kind")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        since = try fields.optional("since")
        escalated = try fields.optional("escalated")
        limit = try fields.optional("limit")
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("since", since)
        fields.putIfPresent("escalated", escalated)
        fields.putIfPresent("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
