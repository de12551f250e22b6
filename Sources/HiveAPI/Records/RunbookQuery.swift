/// Which runbooks. Without `q` the last changed come first.
public struct RunbookQuery: JSONRecord {
    /// Words to search for, and what they mean.
    public var q: String?
    public var system: String?
    public var owner: String?
    public var scope: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        q: String? = nil, system: String? = nil, owner: String? = nil, scope: String? = nil, limit: Int = 20,
        cursor: String? = nil
    ) {
        self.q = q
        self.system = system
        self.owner = owner
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }
}

extension RunbookQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        system = try fields.optional("system")
        owner = try fields.optional("owner")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.putIfPresent("system", system)
        fields.putIfPresent("owner", owner)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
