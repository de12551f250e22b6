/// A claim to a task. Times are RFC 3339 in UTC.
public struct TaskClaim: JSONRecord {
    /// What progress and results name it by.
    public var id: String
    public var agent: String
    public var node: String
    /// `granted`; `waiting` for the home; `optimistic`: waiting, and begun.
    public var state: String
    /// Greater than that of every claim before. Give it to whatever you change outside, and with the result.
    public var fence: Int?
    public var grantedAt: String?
    /// Until when nothing need be heard of the holder, as far as this node knows.
    public var leaseUntil: String?

    public init(
        id: String, agent: String, node: String, state: String, fence: Int? = nil, grantedAt: String? = nil,
        leaseUntil: String? = nil
    ) {
        self.id = id
        self.agent = agent
        self.node = node
        self.state = state
        self.fence = fence
        self.grantedAt = grantedAt
        self.leaseUntil = leaseUntil
    }
}

extension TaskClaim {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        agent = try fields.required("agent")
        node = try fields.required("node")
        state = try fields.required("state")
        fence = try fields.optional("fence")
        grantedAt = try fields.optional("grantedAt")
        leaseUntil = try fields.optional("leaseUntil")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("agent", agent)
        fields.put("node", node)
        fields.put("state", state)
        fields.put("fence", fence)
        fields.put("grantedAt", grantedAt)
        fields.put("leaseUntil", leaseUntil)
    }
}
