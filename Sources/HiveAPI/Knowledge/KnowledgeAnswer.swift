/// Who knows, and what is known.
public struct KnowledgeAnswer: JSONRecord {
    public var query: String
    /// The best first.
    public var experts: [Expert]
    /// The memories that answer best.
    public var known: [MemoryHit]

    public init(query: String, experts: [Expert], known: [MemoryHit]) {
        self.query = query
        self.experts = experts
        self.known = known
    }
}

extension KnowledgeAnswer {
    public init(reading fields: inout FieldReader) throws {
        query = try fields.required("query")
        experts = try fields.required("experts")
        known = try fields.required("known")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("query", query)
        fields.put("experts", experts)
        fields.put("known", known)
    }
}
