/// The end of an episode.
public struct EndEpisode: JSONRecord {
    /// `success`, `failure`, `partial` or `abandoned`.
    public var outcome: String
    /// How much it mattered, 0 to 1; left out, it stays as it was said before.
    public var significance: Double?
    /// The last event, where there is more to say.
    public var note: String?
    /// When it ended: RFC 3339; default now.
    public var at: String?
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw. An end that was put to the episode meanwhile then stays beside this one.
    public var version: String?

    public init(
        outcome: String, significance: Double? = nil, note: String? = nil, at: String? = nil, agent: String? = nil,
        version: String? = nil
    ) {
        self.outcome = outcome
        self.significance = significance
        self.note = note
        self.at = at
        self.agent = agent
        self.version = version
    }
}

extension EndEpisode {
    public init(reading fields: inout FieldReader) throws {
        outcome = try fields.required("outcome")
        significance = try fields.optional("significance")
        note = try fields.optional("note")
        at = try fields.optional("at")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("outcome", outcome)
        fields.putIfPresent("significance", significance)
        fields.putIfPresent("note", note)
        fields.putIfPresent("at", at)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
    }
}
