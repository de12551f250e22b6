/// One time that somebody followed a runbook.
public struct RecordRun: JSONRecord {
    /// `success`, `partial` or `failure`.
    public var outcome: String
    /// The id of the incident that it was followed for.
    public var incident: String?
    public var note: String?
    /// How long it took.
    public var seconds: Int?
    public var agent: String?

    public init(
        outcome: String, incident: String? = nil, note: String? = nil, seconds: Int? = nil, agent: String? = nil
    ) {
        self.outcome = outcome
        self.incident = incident
        self.note = note
        self.seconds = seconds
        self.agent = agent
    }
}

extension RecordRun {
    public init(reading fields: inout FieldReader) throws {
        outcome = try fields.required("outcome")
        incident = try fields.optional("incident")
        note = try fields.optional("note")
        seconds = try fields.optional("seconds")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("outcome", outcome)
        fields.putIfPresent("incident", incident)
        fields.putIfPresent("note", note)
        fields.putIfPresent("seconds", seconds)
        fields.putIfPresent("agent", agent)
    }
}
