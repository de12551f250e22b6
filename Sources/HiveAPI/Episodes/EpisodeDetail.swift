/// What an episodic memory has beside what every memory has.
public struct EpisodeDetail: JSONRecord {
    /// RFC 3339; where a request leaves it out, now.
    public var startedAt: String?
    /// Nil while it goes on.
    public var endedAt: String?
    /// `success`, `failure`, `partial` or `abandoned`; nil while it goes on.
    public var outcome: String?
    /// How much it matters, 0 to 1.
    public var significance: Double?
    /// In the order in which they happened.
    public var events: [EpisodeEvent]

    public init(
        startedAt: String? = nil, endedAt: String? = nil, outcome: String? = nil, significance: Double? = nil,
        events: [EpisodeEvent] = []
    ) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.significance = significance
        self.events = events
    }
}

extension EpisodeDetail {
    public init(reading fields: inout FieldReader) throws {
        startedAt = try fields.optional("startedAt")
        endedAt = try fields.optional("endedAt")
        outcome = try fields.optional("outcome")
        significance = try fields.optional("significance")
        events = try fields.value("events", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("startedAt", startedAt)
        fields.put("endedAt", endedAt)
        fields.put("outcome", outcome)
        fields.put("significance", significance)
        fields.put("events", events)
    }
}
