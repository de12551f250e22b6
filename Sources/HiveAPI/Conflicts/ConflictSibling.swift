/// One of the values that stand side by side.
public struct ConflictSibling: JSONRecord {
    /// Names the write; a resolution may take it.
    public var dot: String
    public var value: JSONValue
    public var author: Author
    public var at: String
    /// Whether readers see this one until the conflict is resolved.
    public var shown: Bool
    /// Of beliefs that contradict each other: the memory that says so.
    public var memory: String?
    /// How sure its author was; of beliefs that contradict each other, how far it is believed.
    public var confidence: Double?
    /// Of an episode or a skill, where one conflict is asked for: the events or refinements that its author knew of and
    /// the author of another value did not.
    public var alone: [String] = []

    public init(dot: String, value: JSONValue = .null, author: Author, at: String, shown: Bool = false) {
        self.dot = dot
        self.value = value
        self.author = author
        self.at = at
        self.shown = shown
    }
}

extension ConflictSibling {
    public init(reading fields: inout FieldReader) throws {
        dot = try fields.required("dot")
        value = try fields.value("value", default: .null)
        author = try fields.required("author")
        at = try fields.required("at")
        shown = try fields.value("shown", default: false)
        memory = try fields.optional("memory")
        confidence = try fields.optional("confidence")
        alone = try fields.value("alone", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("dot", dot)
        fields.put("value", value)
        fields.put("author", author)
        fields.put("at", at)
        fields.put("shown", shown)
        fields.putIfPresent("memory", memory)
        fields.putIfPresent("confidence", confidence)
        if !alone.isEmpty { fields.put("alone", alone) }
    }
}
