/// Settles all conflicts that a condition is true of.
public struct ResolveConflicts: JSONRecord {
    /// In CEL, of `conflict` and its `siblings`: `conflict.kind == "value" && conflict.scope == "collective:main"`.
    public var condition: String
    /// The policy that chooses in each: `newest`, `highest-confidence`, `local`, …
    public var take: String
    /// Whether only to say what would be done.
    public var dryRun: Bool
    /// The most that are settled at once, 1 to 10000; those that began first come first.
    public var limit: Int
    public var agent: String?

    public static let limits = 1...10_000

    public init(where condition: String, take: String, dryRun: Bool = false, limit: Int = 1000, agent: String? = nil) {
        self.condition = condition
        self.take = take
        self.dryRun = dryRun
        self.limit = limit
        self.agent = agent
    }

    /// Throws `invalid_input` for a limit out of its range.
    public func checkLimits() throws {
        guard Self.limits.contains(limit) else {
            throw HiveError(
                .invalidInput, "`limit` must lie between 1 and \(Self.limits.upperBound), not \(limit)",
                hint: "settle the rest with another request")
        }
    }
}

extension ResolveConflicts {
    public init(reading fields: inout FieldReader) throws {
        condition = try fields.required("where")
        take = try fields.required("take")
        dryRun = try fields.value("dryRun", default: false)
        limit = try fields.value("limit", default: 1000)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("where", condition)
        fields.put("take", take)
        fields.put("dryRun", dryRun)
        fields.put("limit", limit)
        fields.putIfPresent("agent", agent)
    }
}
