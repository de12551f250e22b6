/// What a context block is to be made of.
public struct ContextQuery: JSONRecord {
    /// What the block is for; without it only the working set goes in.
    public var q: String?
    /// Tokens, 100 to 1,000,000; default: the working set's.
    public var budget: Int?
    /// `plain`, `json` or `xml`.
    public var format: String
    /// Whose working set; default: the caller's, or `default` where nobody says who calls.
    public var agent: String?
    /// Filters of what is searched for; the working set goes in as it is.
    public var scope: String?
    public var kind: String?
    public var category: String?
    /// All of these.
    public var tag: [String]
    /// How many memories the search brings at most, 1 to 1000.
    public var limit: Int
    /// Also by meaning, where the node can.
    public var semantic: Bool

    public init(
        q: String? = nil, budget: Int? = nil, format: String = "plain", agent: String? = nil, scope: String? = nil,
        kind: String? = nil, category: String? = nil, tag: [String] = [], limit: Int = 50, semantic: Bool = true
    ) {
        self.q = q
        self.budget = budget
        self.format = format
        self.agent = agent
        self.scope = scope
        self.kind = kind
        self.category = category
        self.tag = tag
        self.limit = limit
        self.semantic = semantic
    }
}

extension ContextQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        budget = try fields.optional("budget")
        format = try fields.value("format", default: "plain")
        agent = try fields.optional("agent")
        scope = try fields.optional("scope")
        kind = try fields.optional("kind")
        category = try fields.optional("category")
        tag = try fields.value("tag", default: [])
        limit = try fields.value("limit", default: 50)
        semantic = try fields.value("semantic", default: true)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.putIfPresent("budget", budget)
        fields.put("format", format)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("category", category)
        fields.put("tag", tag)
        fields.put("limit", limit)
        fields.put("semantic", semantic)
    }
}

extension ContextQuery {
    /// Throws `invalid_input` or `too_large` for what no node would make a block of.
    public func checkLimits() throws {
        if let budget { try WorkingLimits.check(budget: budget) }
        try WorkingLimits.check(agent: agent)
        guard WorkingLimits.formats.contains(format) else {
            throw HiveError(
                .invalidInput, "`\(format.prefix(32))` is no format of a context block",
                hint: "use \(WorkingLimits.formats.joined(separator: ", "))")
        }
        let filters = [("scope", scope), ("kind", kind), ("category", category), ("tag", tag.first)]
        if q == nil, let filter = filters.first(where: { $0.1 != nil }) {
            throw HiveError(
                .invalidInput, "`\(filter.0)` filters what is searched for, and there is no question",
                hint: "say what the block is for")
        }
        try search.checkLimits()
    }

    /// The search for what is in the store.
    public var search: MemoryQuery {
        MemoryQuery(q: q, limit: limit, tag: tag, category: category, kind: kind, scope: scope, semantic: semantic)
    }
}
