/// Takes a memory out of a working set.
public struct EvictMemory: JSONRecord {
    public var id: String
    /// Whose working set; default: the caller's, or `default` where nobody says who calls.
    public var agent: String?

    public init(id: String, agent: String? = nil) {
        self.id = id
        self.agent = agent
    }
}

extension EvictMemory {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.putIfPresent("agent", agent)
    }
}

extension EvictMemory {
    /// Throws `invalid_input` for a name that no set can have.
    public func checkLimits() throws { try WorkingLimits.check(agent: agent) }
}
