/// Renews the attention of all that is in a working set.
public struct RefreshWorking: JSONRecord {
    /// Whose working set; default: the caller's, or `default` where nobody says who calls.
    public var agent: String?
    /// The set's budget in tokens from now on.
    public var budget: Int?

    public init(agent: String? = nil, budget: Int? = nil) {
        self.agent = agent
        self.budget = budget
    }
}

extension RefreshWorking {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        budget = try fields.optional("budget")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("budget", budget)
    }
}

extension RefreshWorking {
    /// Throws `invalid_input` for a budget or a name that no set can have.
    public func checkLimits() throws {
        if let budget { try WorkingLimits.check(budget: budget) }
        try WorkingLimits.check(agent: agent)
    }
}
