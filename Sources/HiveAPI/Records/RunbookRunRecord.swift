/// One time that somebody followed a runbook.
public struct RunbookRunRecord: JSONRecord {
    public var at: String
    /// `success`, `partial` or `failure`.
    public var outcome: String
    public var incident: String?
    public var note: String?
    public var seconds: Int?
    public var agent: String?

    public init(
        at: String, outcome: String, incident: String? = nil, note: String? = nil, seconds: Int? = nil,
        agent: String? = nil
    ) {
        self.at = at
        self.outcome = outcome
        self.incident = incident
        self.note = note
        self.seconds = seconds
        self.agent = agent
    }
}

extension RunbookRunRecord {
    public init(reading fields: inout FieldReader) throws {
        at = try fields.required("at")
        outcome = try fields.required("outcome")
        incident = try fields.optional("incident")
        note = try fields.optional("note")
        seconds = try fields.optional("seconds")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("at", at)
        fields.put("outcome", outcome)
        fields.put("incident", incident)
        fields.put("note", note)
        fields.put("seconds", seconds)
        fields.put("agent", agent)
    }
}
