/// A named pointer from one memory to another.
public struct MemoryLink: JSONRecord {
    /// What the target is to the source: `causes`, `replaces`, `see-also`, …
    public var relation: String
    /// The id of the other memory.
    public var target: String

    public init(relation: String, target: String) {
        self.relation = relation
        self.target = target
    }
}

extension MemoryLink {
    public init(reading fields: inout FieldReader) throws {
        relation = try fields.required("relation")
        target = try fields.required("target")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("relation", relation)
        fields.put("target", target)
    }
}
