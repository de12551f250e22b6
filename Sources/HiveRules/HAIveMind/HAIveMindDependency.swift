public import HiveCEL

/// What one rule is to another.
public struct HAIveMindDependency: Sendable {
    /// Nil inside a file with one rule: that rule.
    public var rule: String?
    public var dependsOn: String
    public var type: Kind
    public var extra = ValueMap()
    public var location: RuleLocation

    /// How it depends.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case requires
        case conflicts
        case enhances
        case replaces
    }

    /// The dependency as a mapping of the format.
    var value: Value {
        Mapping.value(
            [
                ("rule_id", .string(rule ?? dependsOn)),
                ("depends_on_rule_id", rule == nil ? nil : .string(dependsOn)),
                ("dependency_type", .string(type.rawValue)),
            ], extra: extra)
    }
}
