import HiveCEL

/// A file while it is put together.
struct HAIveMindExportDraft {
    private let timestamp: String?
    private var rules: [Value] = []
    private var assignments: [Value] = []
    private var dependencies: [Value] = []
    private var file: ValueMap?
    private(set) var refusals: [HAIveMindExport.Refusal] = []

    init(timestamp: String?) { self.timestamp = timestamp }

    mutating func add(_ rule: Rule) {
        if let origin = HAIveMindOrigin.of(rule) {
            rules.append(HAIveMindOrigin.original(rule, origin))
            assignments += origin.list("assignments")
            dependencies += origin.list("dependencies")
            file = file ?? origin.mapping("file")
            return
        }
        let native = NativeRuleTranslator(rule)
        guard native.problems.isEmpty else {
            let reason = native.problems.joined(separator: "; ")
            refusals.append(HAIveMindExport.Refusal(rule: rule.name, reason: reason))
            return
        }
        rules.append(native.value)
        assignments += native.assignments
        dependencies += native.dependencies
    }

    /// The file as a mapping.
    var value: Value {
        if file?["single"] != nil, rules.count == 1, assignments.isEmpty, dependencies.isEmpty { return rules[0] }
        let known = file ?? ValueMap(["format_version": .string(HAIveMindRuleSet.formatVersion)])
        return Mapping.value(
            [
                ("export_timestamp", known["export_timestamp"] ?? (file == nil ? timestamp.map(Value.string) : nil)),
                ("format_version", known["format_version"]), ("rules", .list(rules)),
                ("dependencies", .list(dependencies)), ("assignments", .list(assignments)),
                ("metadata", known["metadata"]),
            ], extra: known.mapping("extra") ?? ValueMap())
    }
}
