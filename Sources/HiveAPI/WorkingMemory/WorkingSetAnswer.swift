/// A working set, the most attended first.
public struct WorkingSetAnswer: JSONRecord {
    /// Whose it is.
    public var agent: String
    public var budget: Int
    /// What it takes, estimated on the high side; never more than the budget.
    public var tokens: Int
    public var items: [WorkingEntry]
    /// What left by this change, in order; by a mere look at the set, what is about to leave.
    public var departed: [WorkingDeparture]

    public init(agent: String, budget: Int, tokens: Int, items: [WorkingEntry], departed: [WorkingDeparture] = []) {
        self.agent = agent
        self.budget = budget
        self.tokens = tokens
        self.items = items
        self.departed = departed
    }
}

extension WorkingSetAnswer {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.required("agent")
        budget = try fields.required("budget")
        tokens = try fields.required("tokens")
        items = try fields.required("items")
        departed = try fields.value("departed", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.put("budget", budget)
        fields.put("tokens", tokens)
        fields.put("items", items)
        fields.put("departed", departed)
    }
}
