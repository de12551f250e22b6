/// One entry of an incident's timeline.
public struct IncidentEntry: JSONRecord {
    public var at: String
    public var text: String?
    /// What the incident became by it.
    public var status: String?
    public var agent: String?

    public init(at: String, text: String? = nil, status: String? = nil, agent: String? = nil) {
        self.at = at
        self.text = text
        self.status = status
        self.agent = agent
    }
}

extension IncidentEntry {
    public init(reading fields: inout FieldReader) throws {
        at = try fields.required("at")
        text = try fields.optional("text")
        status = try fields.optional("status")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("at", at)
        fields.put("text", text)
        fields.put("status", status)
        fields.put("agent", agent)
    }
}
