/// One memory of a context block.
public struct ContextEntry: JSONRecord {
    public var id: String
    public var kind: String
    /// From 0 to 1; 0 where it is not in the working set.
    public var attention: Double
    /// How well it answers the question, from 0 to 1; 0 where it was not found by it.
    public var score: Double
    public var tokens: Int
    public var shortened: Bool

    public init(id: String, kind: String, attention: Double, score: Double, tokens: Int, shortened: Bool) {
        self.id = id
        self.kind = kind
        self.attention = attention
        self.score = score
        self.tokens = tokens
        self.shortened = shortened
    }
}

extension ContextEntry {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        kind = try fields.required("kind")
        attention = try fields.required("attention")
        score = try fields.required("score")
        tokens = try fields.required("tokens")
        shortened = try fields.required("shortened")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("kind", kind)
        fields.put("attention", attention)
        fields.put("score", score)
        fields.put("tokens", tokens)
        fields.put("shortened", shortened)
    }
}
