/// Which tasks. Those to be done come first, the most important before the others; closed ones follow, the last first.
public struct TaskQuery: JSONRecord {
    /// `open`, `assigned`, `claimed`, `in_progress`, `completed`, `failed`, `cancelled`, `expired`, or `active` for all
    /// that are not closed.
    public var status: String?
    /// Who holds it, or whom it is offered to.
    public var agent: String?
    /// Who delegated it.
    public var creator: String?
    public var capability: String?
    /// Words that its title, description or result have.
    public var q: String?
    /// The id of the task that they are parts of.
    public var parent: String?
    /// Only those that this agent may claim now.
    public var claimableBy: String?
    /// Also those that were closed long ago.
    public var archived: Bool
    public var scope: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        status: String? = nil, agent: String? = nil, creator: String? = nil, capability: String? = nil,
        q: String? = nil, parent: String? = nil, claimableBy: String? = nil, archived: Bool = false,
        scope: String? = nil, limit: Int = 20, cursor: String? = nil
    ) {
        self.status = status
        self.agent = agent
        self.creator = creator
        self.capability = capability
        self.q = q
        self.parent = parent
        self.claimableBy = claimableBy
        self.archived = archived
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }
}

extension TaskQuery {
    public init(reading fields: inout FieldReader) throws {
        status = try fields.optional("status")
        agent = try fields.optional("agent")
        creator = try fields.optional("creator")
        capability = try fields.optional("capability")
        q = try fields.optional("q")
        parent = try fields.optional("parent")
        claimableBy = try fields.optional("claimableBy")
        archived = try fields.value("archived", default: false)
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("status", status)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("creator", creator)
        fields.putIfPresent("capability", capability)
        fields.putIfPresent("q", q)
        fields.putIfPresent("parent", parent)
        fields.putIfPresent("claimableBy", claimableBy)
        fields.put("archived", archived)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
