/// A link between two memories.
public struct NeighbourLink: JSONRecord {
    public var from: String
    public var relation: String
    public var to: String

    public init(from: String, relation: String, to: String) {
        self.from = from
        self.relation = relation
        self.to = to
    }
}

extension NeighbourLink {
    public init(reading fields: inout FieldReader) throws {
        from = try fields.required("from")
        relation = try fields.required("relation")
        to = try fields.required("to")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("from", from)
        fields.put("relation", relation)
        fields.put("to", to)
    }
}
