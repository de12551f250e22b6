/// One thing that happened, or was done, during an incident.
public struct TimelineEntry: Sendable, Hashable {
    public let at: Timestamp
    public let text: String?
    /// What the incident became by it; nil where it stayed as it was.
    public let status: IncidentStatus?
    /// The agent that wrote it, as it called itself.
    public let agent: String?

    public init(at: Timestamp, text: String? = nil, status: IncidentStatus? = nil, agent: String? = nil) {
        self.at = at
        self.text = text
        self.status = status
        self.agent = agent
    }

    /// The form in which it is kept.
    public var value: CBORValue {
        var entries: [String: CBORValue] = ["at": .integer(at.milliseconds)]
        if let text { entries["text"] = .text(text) }
        if let status { entries["status"] = .text(status.rawValue) }
        if let agent { entries["agent"] = .text(agent) }
        return .map(entries)
    }

    public init(_ value: CBORValue) {
        at = Timestamp(milliseconds: value["at"]?.integer ?? 0)
        text = value["text"]?.text ?? value.text
        status = value["status"]?.text.flatMap(IncidentStatus.init(rawValue:))
        agent = value["agent"]?.text
    }
}
