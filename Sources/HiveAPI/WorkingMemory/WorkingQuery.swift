/// Which working set.
public struct WorkingQuery: JSONRecord {
    /// Whose working set; default: the caller's, or `default` where nobody says who calls.
    public var agent: String?
    /// How the set would look within so many tokens; nothing is changed.
    public var budget: Int?

    public init(agent: String? = nil, budget: Int? = nil) {
        self.agent = agent
        self.budget = budget
    }
}

extension WorkingQuery {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        budget = try fields.optional("budget")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("budget", budget)
    }
}

extension WorkingQuery {
    /// Throws `invalid_input` for a budget or a name that no set can have.
    public func checkLimits() throws {
        if let budget { try WorkingLimits.check(budget: budget) }
        try WorkingLimits.check(agent: agent)
    }
}
