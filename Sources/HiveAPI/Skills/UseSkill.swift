/// How one use of a skill went.
public struct UseSkill: JSONRecord {
    /// `success` or `failure`.
    public var result: String
    /// What there is to say about it.
    public var note: String?
    /// Who says this; default: the caller.
    public var agent: String?
    /// Repeating a write with the same key and content counts nothing again.
    public var idempotencyKey: String?

    public init(result: String, note: String? = nil, agent: String? = nil, idempotencyKey: String? = nil) {
        self.result = result
        self.note = note
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }

    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try MemoryLimits.check(result: result)
        try MemoryLimits.check(texts: [("note", note), ("agent", agent)])
    }
}

extension UseSkill {
    public init(reading fields: inout FieldReader) throws {
        result = try fields.required("result")
        note = try fields.optional("note")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("result", result)
        fields.putIfPresent("note", note)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
