/// A look at a memory: it comes into the working set, or is renewed there.
public struct AttendMemory: JSONRecord {
    public var id: String
    /// Whose working set; default: the caller's, or `default` where nobody says who calls.
    public var agent: String?
    /// How much of what is missing to full attention the look gives: above 0, up to 1.
    public var weight: Double?
    /// The set's budget in tokens from now on.
    public var budget: Int?

    public init(id: String, agent: String? = nil, weight: Double? = nil, budget: Int? = nil) {
        self.id = id
        self.agent = agent
        self.weight = weight
        self.budget = budget
    }
}

extension AttendMemory {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        agent = try fields.optional("agent")
        weight = try fields.optional("weight")
        budget = try fields.optional("budget")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("weight", weight)
        fields.putIfPresent("budget", budget)
    }
}

extension AttendMemory {
    /// Throws `invalid_input` for what no working set takes.
    public func checkLimits() throws {
        if let budget { try WorkingLimits.check(budget: budget) }
        try WorkingLimits.check(agent: agent)
        guard let weight, !(weight > 0 && weight <= 1) else { return }
        throw HiveError(.invalidInput, "`weight` must lie above 0 and be at most 1, not \(weight)")
    }
}
