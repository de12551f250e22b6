/// Which near duplicates to propose.
public struct DuplicateQuery: JSONRecord {
    /// From 0 to 1: how alike two memories must be.
    public var threshold: Double
    public var scope: String?
    public var kind: String?
    public var category: String?
    /// How many pairs to answer with, 1 to 1000.
    public var limit: Int
    /// How many of the memories that were changed last are compared, 1 to 5000.
    public var newest: Int

    public static let mostCompared = 5000

    public init(
        threshold: Double = 0.75, scope: String? = nil, kind: String? = nil, category: String? = nil, limit: Int = 20,
        newest: Int = 2000
    ) {
        self.threshold = threshold
        self.scope = scope
        self.kind = kind
        self.category = category
        self.limit = limit
        self.newest = newest
    }

    /// Throws `invalid_input` for numbers out of their range.
    public func checkLimits() throws {
        guard threshold > 0, threshold <= 1 else {
            throw HiveError(
                .invalidInput, "`threshold` must lie above 0 and be at most 1, not \(threshold)", hint: "try 0.75")
        }
        guard MemoryLimits.page.contains(limit), (1...Self.mostCompared).contains(newest) else {
            throw HiveError(
                .invalidInput,
                "`limit` must lie between 1 and \(MemoryLimits.page.upperBound), `newest` between 1 and \(Self.mostCompared)",
                hint: "ask scope by scope, or by category")
        }
        try MemoryLimits.check(texts: [("scope", scope), ("kind", kind), ("category", category)])
    }
}

extension DuplicateQuery {
    public init(reading fields: inout FieldReader) throws {
        threshold = try fields.value("threshold", default: 0.75)
        scope = try fields.optional("scope")
        kind = try fields.optional("kind")
        category = try fields.optional("category")
        limit = try fields.value("limit", default: 20)
        newest = try fields.value("newest", default: 2000)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("threshold", threshold)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("category", category)
        fields.put("limit", limit)
        fields.put("newest", newest)
    }
}
