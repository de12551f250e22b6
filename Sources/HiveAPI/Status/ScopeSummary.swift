/// A scope that this node holds.
public struct ScopeSummary: JSONRecord {
    /// `instance`, `agent:NAME`, `collective:NAME` or `universal`.
    public var name: String
    public var id: String
    /// What this node may do there.
    public var role: String?
    /// The node that founded it.
    public var founder: String
    public var members: [ScopeMember]
    public var memories: Int?

    public init(
        name: String, id: String, role: String? = nil, founder: String, members: [ScopeMember] = [],
        memories: Int? = nil
    ) {
        self.name = name
        self.id = id
        self.role = role
        self.founder = founder
        self.members = members
        self.memories = memories
    }
}

extension ScopeSummary {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        id = try fields.required("id")
        role = try fields.optional("role")
        founder = try fields.required("founder")
        members = try fields.value("members", default: [])
        memories = try fields.optional("memories")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("id", id)
        fields.put("role", role)
        fields.put("founder", founder)
        fields.put("members", members)
        fields.put("memories", memories)
    }
}
