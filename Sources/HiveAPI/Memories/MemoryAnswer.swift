/// What a write did. In JSON: the memory's fields with `basedOn` and `created` beside them.
public struct MemoryAnswer: JSONRecord {
    /// The memory after the write.
    public var memory: Memory
    /// The version that the node took because the caller presented none; nil where one was presented or the memory is
    /// new.
    public var basedOn: String?
    /// Whether unequal concurrent values stand after the write.
    public var contested: Bool
    public var created: Bool
    /// Ids of beliefs that say something else of the same.
    public var contradicts: [String]

    public init(
        memory: Memory, basedOn: String? = nil, contested: Bool = false, created: Bool = false,
        contradicts: [String] = []
    ) {
        self.memory = memory
        self.basedOn = basedOn
        self.contested = contested || memory.contested
        self.created = created
        self.contradicts = contradicts
    }
}

extension MemoryAnswer {
    public init(reading fields: inout FieldReader) throws {
        let memory = try Memory(reading: &fields)
        self.init(
            memory: memory, basedOn: try fields.optional("basedOn"), contested: memory.contested,
            created: try fields.value("created", default: false),
            contradicts: try fields.value("contradicts", default: []))
    }

    public func write(to fields: inout FieldWriter) {
        memory.write(to: &fields)
        fields.put("contested", contested)
        fields.put("basedOn", basedOn)
        fields.put("created", created)
        if !contradicts.isEmpty { fields.put("contradicts", contradicts) }
    }
}
