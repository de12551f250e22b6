/// Asks for skills that successful episodes suggest.
public struct ProposeSkills: JSONRecord {
    /// Whether they are only shown, and nothing is written.
    public var dryRun: Bool
    /// Only episodes of this scope.
    public var scope: String?
    /// How many similar episodes it takes, 3 or more.
    public var episodes: Int
    /// Who proposes; default: the caller.
    public var agent: String?

    public init(dryRun: Bool = false, scope: String? = nil, episodes: Int = 3, agent: String? = nil) {
        self.dryRun = dryRun
        self.scope = scope
        self.episodes = episodes
        self.agent = agent
    }

    /// Throws `invalid_input` for what no node would propose.
    public func checkLimits() throws {
        guard (3...1000).contains(episodes) else {
            throw HiveError(
                .invalidInput, "`episodes` must lie between 3 and 1000, not at \(episodes)",
                hint: "fewer than three would be a coincidence")
        }
        try MemoryLimits.check(texts: [("scope", scope), ("agent", agent)])
    }
}

extension ProposeSkills {
    public init(reading fields: inout FieldReader) throws {
        dryRun = try fields.value("dryRun", default: false)
        scope = try fields.optional("scope")
        episodes = try fields.value("episodes", default: 3)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("dryRun", dryRun)
        fields.putIfPresent("scope", scope)
        fields.put("episodes", episodes)
        fields.putIfPresent("agent", agent)
    }
}
