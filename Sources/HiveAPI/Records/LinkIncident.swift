/// Ties an incident to another memory.
public struct LinkIncident: JSONRecord {
    /// `cause`, `impact` or `resolution`.
    public var relation: String
    /// The id of a memory, or `MACHINE/COMPONENT`.
    public var target: String
    public var agent: String?

    public init(relation: String, target: String, agent: String? = nil) {
        self.relation = relation
        self.target = target
        self.agent = agent
    }
}

extension LinkIncident {
    public init(reading fields: inout FieldReader) throws {
        relation = try fields.required("relation")
        target = try fields.required("target")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("relation", relation)
        fields.put("target", target)
        fields.putIfPresent("agent", agent)
    }
}
