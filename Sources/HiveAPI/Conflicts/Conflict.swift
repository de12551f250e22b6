/// A field of a memory with concurrent, unequal values, or beliefs that contradict each other.
public struct Conflict: JSONRecord {
    public var id: String
    /// The memory's id; of beliefs that of the one that is shown.
    public var memory: String
    /// `value`, `belief`, `episodic` or `skill`.
    public var kind: String
    public var field: String
    public var siblings: [ConflictSibling]
    /// What decides which value is shown.
    public var policy: String
    /// When the second value arrived.
    public var since: String
    /// The scope of the memory.
    public var scope: String?
    public var category: String?
    public var tags: [String] = []
    /// Whether it waits for a person.
    public var escalated = false
    /// What readers see where it is none of the values, but made from all.
    public var merged: JSONValue?
    /// What stood there before the values parted; only where one conflict is asked for, and where it is known.
    public var ancestor: JSONValue?

    public init(
        id: String, memory: String, kind: String, field: String, siblings: [ConflictSibling], policy: String,
        since: String
    ) {
        self.id = id
        self.memory = memory
        self.kind = kind
        self.field = field
        self.siblings = siblings
        self.policy = policy
        self.since = since
    }
}

extension Conflict {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        memory = try fields.required("memory")
        kind = try fields.required("kind")
        field = try fields.required("field")
        siblings = try fields.required("siblings")
        policy = try fields.required("policy")
        since = try fields.required("since")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        tags = try fields.value("tags", default: [])
        escalated = try fields.value("escalated", default: false)
        merged = try fields.optional("merged")
        ancestor = try fields.optional("ancestor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("memory", memory)
        fields.put("kind", kind)
        fields.put("field", field)
        fields.put("siblings", siblings)
        fields.put("policy", policy)
        fields.put("since", since)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.put("tags", tags)
        fields.put("escalated", escalated)
        fields.putIfPresent("merged", merged)
        fields.putIfPresent("ancestor", ancestor)
    }
}
