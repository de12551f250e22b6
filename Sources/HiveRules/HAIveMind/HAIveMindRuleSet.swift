public import HiveCEL

/// A file of hAIveMind: a set of rules with what is said about them, or one rule alone.
public struct HAIveMindRuleSet: Sendable {
    public var exportTimestamp: String?
    public var formatVersion: String?
    public var rules: [HAIveMindRule] = []
    public var dependencies: [HAIveMindDependency] = []
    public var assignments: [HAIveMindAssignment] = []
    public var metadata: ValueMap?
    /// Keys that the format does not know.
    public var extra = ValueMap()
    /// Whether the file holds one rule without a set around it.
    public var isSingle = false

    /// The newest version of the format, which is the only one.
    static let formatVersion = "1.0"

    /// All dependencies, those that stand beside single rules too, each with the id of its rule.
    var allDependencies: [HAIveMindDependency] {
        rules.flatMap { rule in
            rule.dependencies.map {
                var dependency = $0
                dependency.rule = rule.id ?? rule.name
                return dependency
            }
        } + dependencies
    }

    /// The file as a mapping.
    public var value: Value {
        if isSingle, let rule = rules.first { return rule.value }
        return Mapping.value(
            [
                ("export_timestamp", exportTimestamp.map(Value.string)),
                ("format_version", formatVersion.map(Value.string)), ("rules", .list(rules.map(\.value))),
                ("dependencies", .list(dependencies.map(\.value))),
                ("assignments", .list(assignments.map(\.value))), ("metadata", metadata.map(Value.map)),
            ], extra: extra)
    }
}
