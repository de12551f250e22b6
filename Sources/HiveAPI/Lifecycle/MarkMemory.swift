/// Decides about a memory's life: what is nil stays as it is.
public struct MarkMemory: JSONRecord {
    public var archived: Bool?
    public var pinned: Bool?
    public var core: Bool?
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw.
    public var version: String?

    public init(
        archived: Bool? = nil, pinned: Bool? = nil, core: Bool? = nil, agent: String? = nil, version: String? = nil
    ) {
        self.archived = archived
        self.pinned = pinned
        self.core = core
        self.agent = agent
        self.version = version
    }

    /// Throws `invalid_input` where nothing is decided.
    public func checkLimits() throws {
        guard archived != nil || pinned != nil || core != nil else {
            throw HiveError(
                .invalidInput, "nothing is said about the memory", hint: "give `archived`, `pinned` or `core`")
        }
        try MemoryLimits.check(texts: [("agent", agent)])
    }
}

extension MarkMemory {
    public init(reading fields: inout FieldReader) throws {
        archived = try fields.optional("archived")
        pinned = try fields.optional("pinned")
        core = try fields.optional("core")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("archived", archived)
        fields.putIfPresent("pinned", pinned)
        fields.putIfPresent("core", core)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
    }
}
