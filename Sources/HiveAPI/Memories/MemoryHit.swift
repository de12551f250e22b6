/// A memory that a search found.
public struct MemoryHit: JSONRecord {
    public var memory: Memory
    /// 0 to 1; hits come best first.
    public var score: Double
    /// With `explain`: the parts that the score was made of.
    public var why: JSONValue?

    public init(memory: Memory, score: Double, why: JSONValue? = nil) {
        self.memory = memory
        self.score = score
        self.why = why
    }
}

extension MemoryHit {
    public init(reading fields: inout FieldReader) throws {
        memory = try Memory(reading: &fields)
        score = try fields.required("score")
        why = try fields.optional("why")
    }

    public func write(to fields: inout FieldWriter) {
        memory.write(to: &fields)
        fields.put("score", score)
        fields.putIfPresent("why", why)
    }
}
