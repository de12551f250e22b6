/// What was learnt about a skill, to be kept with it.
public struct RefineSkill: JSONRecord {
    public var why: String
    /// Takes the place of the steps; left out, they stay.
    public var steps: [String]?
    /// Takes the place of the trigger; left out, it stays.
    public var trigger: String?
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw. Steps that somebody else put in meanwhile then stay beside these.
    public var version: String?

    public init(
        why: String, steps: [String]? = nil, trigger: String? = nil, agent: String? = nil, version: String? = nil
    ) {
        self.why = why
        self.steps = steps
        self.trigger = trigger
        self.agent = agent
        self.version = version
    }

    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        guard !why.isEmpty else {
            throw HiveError(.invalidInput, "the reason is empty", hint: "say what was learnt, and how")
        }
        guard trigger != "" else { throw HiveError(.invalidInput, "the trigger is empty") }
        try MemoryLimits.check(texts: [("why", why), ("trigger", trigger), ("agent", agent)])
        if let steps { try MemoryLimits.check(steps: steps) }
    }
}

extension RefineSkill {
    public init(reading fields: inout FieldReader) throws {
        why = try fields.required("why")
        steps = try fields.optional("steps")
        trigger = try fields.optional("trigger")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("why", why)
        fields.putIfPresent("steps", steps)
        fields.putIfPresent("trigger", trigger)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
    }
}
