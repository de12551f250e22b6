/// Says that the holder of a task is at it. Renews the lease.
public struct ReportProgress: JSONRecord {
    /// Who holds it.
    public var agent: String?
    /// The claim, or its number; default: the agent's own.
    public var claim: String?
    public var fence: Int?
    /// 0 to 100.
    public var percent: Int?
    /// Kept with the task.
    public var note: String?

    public init(
        agent: String? = nil, claim: String? = nil, fence: Int? = nil, percent: Int? = nil, note: String? = nil
    ) {
        self.agent = agent
        self.claim = claim
        self.fence = fence
        self.percent = percent
        self.note = note
    }
}

extension ReportProgress {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        claim = try fields.optional("claim")
        fence = try fields.optional("fence")
        percent = try fields.optional("percent")
        note = try fields.optional("note")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("claim", claim)
        fields.putIfPresent("fence", fence)
        fields.putIfPresent("percent", percent)
        fields.putIfPresent("note", note)
    }
}
