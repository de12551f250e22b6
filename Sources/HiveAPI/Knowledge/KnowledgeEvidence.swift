/// Why an agent is thought to know.
public struct KnowledgeEvidence: JSONRecord {
    /// memory, capability or task.
    public var kind: String
    /// Of the memory or task.
    public var id: String?
    /// Its beginning, or the words that fit.
    public var text: String
    /// What it counts, from 0 to 1: how well it fits, how far it is believed, how recent it is.
    public var weight: Double
    public var at: String?

    public init(kind: String, id: String? = nil, text: String, weight: Double, at: String? = nil) {
        self.kind = kind
        self.id = id
        self.text = text
        self.weight = weight
        self.at = at
    }
}

extension KnowledgeEvidence {
    public init(reading fields: inout FieldReader) throws {
        kind = try fields.required("kind")
        id = try fields.optional("id")
        text = try fields.required("text")
        weight = try fields.required("weight")
        at = try fields.optional("at")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("kind", kind)
        fields.putIfPresent("id", id)
        fields.put("text", text)
        fields.put("weight", weight)
        fields.putIfPresent("at", at)
    }
}
