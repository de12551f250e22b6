/// Taking back what a memory says. It stays readable; searches find it only where they ask for it.
public struct RetractMemory: JSONRecord {
    /// Why it does not hold.
    public var reason: String
    /// The id of the memory that stands in its place.
    public var kept: String?
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw.
    public var version: String?
    /// Whether a `version` that is no longer current is refused.
    public var requireCurrent: Bool

    public init(
        reason: String, kept: String? = nil, agent: String? = nil, version: String? = nil, requireCurrent: Bool = false
    ) {
        self.reason = reason
        self.kept = kept
        self.agent = agent
        self.version = version
        self.requireCurrent = requireCurrent
    }
}

extension RetractMemory {
    public init(reading fields: inout FieldReader) throws {
        reason = try fields.required("reason")
        kept = try fields.optional("kept")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("reason", reason)
        fields.putIfPresent("kept", kept)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
    }
}
