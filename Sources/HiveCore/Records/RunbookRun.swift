/// One time that somebody followed a runbook.
public struct RunbookRun: Sendable, Hashable {
    public let at: Timestamp
    public let outcome: Outcome
    /// The incident that it was followed for.
    public let incident: String?
    public let note: String?
    /// How long it took, in seconds.
    public let seconds: Int64?
    public let agent: String?

    /// How it went.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case success
        /// Some of it helped, or by-hand work was needed.
        case partial
        case failure
    }

    public init(
        at: Timestamp, outcome: Outcome, incident: String? = nil, note: String? = nil, seconds: Int64? = nil,
        agent: String? = nil
    ) {
        self.at = at
        self.outcome = outcome
        self.incident = incident
        self.note = note
        self.seconds = seconds
        self.agent = agent
    }

    /// The form in which it is kept.
    public var value: CBORValue {
        var entries: [String: CBORValue] = ["at": .integer(at.milliseconds), "outcome": .text(outcome.rawValue)]
        if let incident { entries["incident"] = .text(incident) }
        if let note { entries["note"] = .text(note) }
        if let seconds { entries["seconds"] = .integer(seconds) }
        if let agent { entries["agent"] = .text(agent) }
        return .map(entries)
    }

    /// Nil for an entry without an outcome.
    public init?(_ value: CBORValue) {
        guard let outcome = value["outcome"]?.text.flatMap(Outcome.init(rawValue:)) else { return nil }
        self.init(
            at: Timestamp(milliseconds: value["at"]?.integer ?? 0), outcome: outcome,
            incident: value["incident"]?.text, note: value["note"]?.text, seconds: value["seconds"]?.integer,
            agent: value["agent"]?.text)
    }
}
