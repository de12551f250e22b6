/// What a reader found a memory to be.
public struct AssessMemory: JSONRecord {
    /// Why, in the reader's words.
    public var reason: String?
    /// Of a contradiction: the id of the memory that speaks against this one.
    public var by: String?
    /// Takes back what the same reader said before.
    public var withdraw: Bool
    /// Who says this; default: the caller.
    public var agent: String?

    public init(reason: String? = nil, by: String? = nil, withdraw: Bool = false, agent: String? = nil) {
        self.reason = reason
        self.by = by
        self.withdraw = withdraw
        self.agent = agent
    }
}

extension AssessMemory {
    public init(reading fields: inout FieldReader) throws {
        reason = try fields.optional("reason")
        by = try fields.optional("by")
        withdraw = try fields.value("withdraw", default: false)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("reason", reason)
        fields.putIfPresent("by", by)
        fields.put("withdraw", withdraw)
        fields.putIfPresent("agent", agent)
    }
}
