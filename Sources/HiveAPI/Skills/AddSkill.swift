/// A new skill.
public struct AddSkill: JSONRecord {
    /// What it does, in one line.
    public var title: String
    /// When it is of use.
    public var trigger: String
    /// In order; at least one.
    public var steps: [String]
    /// Default: where the configuration puts skills.
    public var scope: String?
    public var category: String?
    public var context: String?
    public var tags: [String]
    public var confidence: Double?
    /// Who says this; default: the caller.
    public var agent: String?
    /// Repeating a write with the same key and content writes nothing again.
    public var idempotencyKey: String?

    public init(
        title: String, trigger: String, steps: [String], scope: String? = nil, category: String? = nil,
        context: String? = nil, tags: [String] = [], confidence: Double? = nil, agent: String? = nil,
        idempotencyKey: String? = nil
    ) {
        self.title = title
        self.trigger = trigger
        self.steps = steps
        self.scope = scope
        self.category = category
        self.context = context
        self.tags = tags
        self.confidence = confidence
        self.agent = agent
        self.idempotencyKey = idempotencyKey
    }

    /// The memory that holds it.
    public var memory: StoreMemory {
        var memory = StoreMemory(
            content: title, kind: "procedural", scope: scope, category: category, context: context, tags: tags,
            confidence: confidence, agent: agent, idempotencyKey: idempotencyKey)
        memory.skill = SkillDetail(trigger: trigger, steps: steps)
        return memory
    }

    /// Throws `invalid_input` where it says nothing of use.
    public func checkLimits() throws {
        guard !trigger.isEmpty else {
            throw HiveError(.invalidInput, "the trigger is empty", hint: "say when the skill is of use")
        }
        guard !steps.isEmpty else {
            throw HiveError(.invalidInput, "the skill has no steps", hint: "say what is to be done, one step each")
        }
        try memory.checkLimits()
    }
}

extension AddSkill {
    public init(reading fields: inout FieldReader) throws {
        title = try fields.required("title")
        trigger = try fields.required("trigger")
        steps = try fields.required("steps")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        context = try fields.optional("context")
        tags = try fields.value("tags", default: [])
        confidence = try fields.optional("confidence")
        agent = try fields.optional("agent")
        idempotencyKey = try fields.optional("idempotencyKey")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("title", title)
        fields.put("trigger", trigger)
        fields.put("steps", steps)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("context", context)
        fields.put("tags", tags)
        fields.putIfPresent("confidence", confidence)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("idempotencyKey", idempotencyKey)
    }
}
