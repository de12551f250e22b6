public import HiveCEL

/// A place that a rule is assigned to.
public struct HAIveMindAssignment: Sendable {
    public var rule: String
    public var scope: AssignmentScope
    /// The name of the project, machine, agent, user or session; nil for `global`.
    public var scopeID: String?
    public var priority: Int?
    public var effectiveFrom: String?
    public var effectiveUntil: String?
    public var extra = ValueMap()
    public var location: RuleLocation

    /// The assignment as a mapping of the format.
    var value: Value {
        Mapping.value(
            [
                ("rule_id", .string(rule)), ("scope_type", .string(scope.rawValue)),
                ("scope_id", scopeID.map(Value.string)), ("priority_override", priority.map { .int(Int64($0)) }),
                ("effective_from", effectiveFrom.map(Value.string)),
                ("effective_until", effectiveUntil.map(Value.string)),
            ], extra: extra)
    }
}
