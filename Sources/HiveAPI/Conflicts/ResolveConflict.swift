/// How to settle a conflict: one of `take` and `value`.
public struct ResolveConflict: JSONRecord {
    /// `local`, `remote`, `newest`, `highest-confidence`, … the dot of a sibling, or of beliefs the id of one.
    public var take: String?
    /// A value of your own.
    public var value: JSONValue?
    /// What the caller saw; values that came later stay.
    public var version: String?
    public var agent: String?

    public init(take: String? = nil, value: JSONValue? = nil, version: String? = nil, agent: String? = nil) {
        self.take = take
        self.value = value
        self.version = version
        self.agent = agent
    }
}

extension ResolveConflict {
    public init(reading fields: inout FieldReader) throws {
        take = try fields.optional("take")
        value = try fields.optional("value")
        version = try fields.optional("version")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("take", take)
        fields.putIfPresent("value", value)
        fields.putIfPresent("version", version)
        fields.putIfPresent("agent", agent)
    }
}
