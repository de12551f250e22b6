/// Which agents. In order of their names.
public struct AgentQuery: JSONRecord {
    /// Words of name, role, description or capabilities; all of them.
    public var q: String?
    /// active, idle, suspended or retired; without it all but the retired.
    public var state: String?
    public var role: String?
    /// All of these.
    public var capability: [String]
    /// A node by its name, or the beginning of its id.
    public var node: String?
    public var scope: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        q: String? = nil, state: String? = nil, role: String? = nil, capability: [String] = [], node: String? = nil,
        scope: String? = nil, limit: Int = 100, cursor: String? = nil
    ) {
        self.q = q
        self.state = state
        self.role = role
        self.capability = capability
        self.node = node
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }
}

extension AgentQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        state = try fields.optional("state")
        role = try fields.optional("role")
        capability = try fields.value("capability", default: [])
        node = try fields.optional("node")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 100)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.putIfPresent("state", state)
        fields.putIfPresent("role", role)
        fields.put("capability", capability)
        fields.putIfPresent("node", node)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
