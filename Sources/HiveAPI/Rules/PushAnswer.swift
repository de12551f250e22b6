/// What a push did.
public struct PushAnswer: JSONRecord {
    public var set: String
    public var version: String
    /// The names of the rules in the set.
    public var rules: [String]
    /// Whether this node decides by the set now.
    public var active: Bool
    public var problems: [RuleProblem]

    public init(set: String, version: String, rules: [String] = [], active: Bool, problems: [RuleProblem] = []) {
        self.set = set
        self.version = version
        self.rules = rules
        self.active = active
        self.problems = problems
    }
}

extension PushAnswer {
    public init(reading fields: inout FieldReader) throws {
        set = try fields.required("set")
        version = try fields.required("version")
        rules = try fields.value("rules", default: [])
        active = try fields.required("active")
        problems = try fields.value("problems", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("set", set)
        fields.put("version", version)
        fields.put("rules", rules)
        fields.put("active", active)
        fields.put("problems", problems)
    }
}
