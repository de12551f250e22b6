/// A skill that several episodes suggest.
public struct SkillProposal: JSONRecord {
    /// The skill's id; of a dry run the one that it would have.
    public var id: String
    public var scope: String
    public var trigger: String
    public var steps: [String]
    /// The ids of the episodes, the one that began first in front.
    public var episodes: [String]
    /// Whether it stands now; false in a dry run.
    public var written: Bool

    public init(
        id: String, scope: String, trigger: String, steps: [String], episodes: [String], written: Bool
    ) {
        self.id = id
        self.scope = scope
        self.trigger = trigger
        self.steps = steps
        self.episodes = episodes
        self.written = written
    }
}

extension SkillProposal {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        scope = try fields.required("scope")
        trigger = try fields.required("trigger")
        steps = try fields.required("steps")
        episodes = try fields.required("episodes")
        written = try fields.value("written", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("scope", scope)
        fields.put("trigger", trigger)
        fields.put("steps", steps)
        fields.put("episodes", episodes)
        fields.put("written", written)
    }
}
