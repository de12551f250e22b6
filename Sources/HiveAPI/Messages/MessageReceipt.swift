/// What became of a message at one of those whom it is for.
public struct MessageReceipt: JSONRecord {
    public var agent: String
    public var node: String
    /// delivered or read.
    public var state: String
    public var at: String

    public init(agent: String, node: String, state: String, at: String) {
        self.agent = agent
        self.node = node
        self.state = state
        self.at = at
    }
}

extension MessageReceipt {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.required("agent")
        node = try fields.required("node")
        state = try fields.required("state")
        at = try fields.required("at")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.put("node", node)
        fields.put("state", state)
        fields.put("at", at)
    }
}
