/// Who wrote something: an agent, where one is claimed, and the node that signed it.
public struct Author: JSONRecord {
    /// The agent's name; nil where nobody claimed to be one.
    public var agent: String?
    /// The node's id.
    public var node: String

    public init(agent: String? = nil, node: String) {
        self.agent = agent
        self.node = node
    }
}

extension Author {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        node = try fields.required("node")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.put("node", node)
    }
}
