import HiveCEL

/// Makes one rule document out of one rule of hAIveMind.
struct RuleTranslator {
    /// As it stands in the file.
    let original: HAIveMindRule
    /// With what it inherits.
    let rule: HAIveMindRule
    private let assignments: [HAIveMindAssignment]
    let dependencies: [HAIveMindDependency]
    /// Of the rules that it replaces, and that it requires.
    let replaced: [HAIveMindRule]
    let required: [HAIveMindRule]
    let consequence: ConsequenceTranslator
    var warnings: [String] = []

    init(
        _ original: HAIveMindRule, completed rule: HAIveMindRule, in set: HAIveMindRuleSet
    ) {
        self.original = original
        self.rule = rule
        let id = original.id ?? original.name
        assignments = set.assignments.filter { $0.rule == id }
        dependencies = set.allDependencies.filter { $0.rule == id }
        let dependencies = dependencies
        func others(_ type: HAIveMindDependency.Kind) -> [HAIveMindRule] {
            let names = Set(dependencies.filter { $0.type == type }.map(\.dependsOn))
            return names.isEmpty ? [] : set.rules.filter { names.contains($0.id ?? $0.name) }
        }
        replaced = others(.replaces)
        required = others(.requires)
        consequence = ConsequenceTranslator(rule)
    }

    /// Nothing says where a rule that is not global applies: it applies nowhere until it is assigned.
    var isUnassigned: Bool {
        rule.scope != .global && assignments.isEmpty
            && !rule.conditions.contains { ContextField.says($0.field, whereRulesApplyOf: rule.scope) }
    }

    private var enforcement: RuleEnforcement { isUnassigned ? .disabled : rule.status.enforcement }

    /// The document; `origin` is what only the way back needs.
    mutating func document(origin: Value) -> Value {
        let metadata = Mapping.value([
            ("name", .string(rule.documentName)), ("version", .int(rule.version)),
            ("type", .string(rule.type.rawValue)),
            ("created", rule.createdAt.flatMap(HAIveMindTime.rfc3339).map(Value.string)), ("origin", origin),
        ])
        var variables = RuleVariables()
        let match = MatchTranslator(rule.conditions)
        let when = match.rest.map { ConditionTranslator.expression($0, &variables) }.joined(separator: " && ")
        let violation = consequence.violation(&variables)
        note(violation)
        let condition: [(key: String, value: Value?)] = [
            ("match", match.value), ("when", given(when, or: "true")),
            ("variables", variables.entries.isEmpty ? nil : Self.mapping(variables.entries)),
        ]
        return Mapping.value([
            ("apiVersion", .string("hive/v1")), ("kind", .string("Rule")), ("metadata", metadata),
            ("spec", Mapping.value(reach + condition + effects(violation))),
        ])
    }

    private var reach: [(key: String, value: Value?)] {
        [
            ("description", given(rule.description, or: "")),
            ("extends", rule.parent.map { .list([.string(HAIveMindRule.documentName($0))]) }),
            ("scope", .string(rule.scope.rawValue)), ("priority", .int(Int64(rule.priority))),
            ("enforcement", .string(enforcement.rawValue)), ("effective", period(rule)),
            ("assignments", given(places)),
        ]
    }

    private func effects(_ violation: String?) -> [(key: String, value: Value?)] {
        let effect = consequence.effect
        let isVerdict = effect == .deny || effect == .warn
        return [
            ("effect", .string(effect.rawValue)), ("violation", given(violation ?? "", or: "")),
            ("settings", given(consequence.changes.map(\.document))),
            ("strategy", .string(rule.strategy.strategy.rawValue)),
            // What was to be taken out must not pass because it could not be.
            ("onError", effect == .transform ? .string(RuleFailure.deny.rawValue) : nil),
            ("transform", effect == .transform ? Self.mapping(consequence.transforms.fields) : nil),
            ("overrides", given(replaced.map { .string($0.documentName) })),
            ("message", isVerdict || isChild ? .string(CELText.quoted(consequence.message)) : nil),
            ("remediation", isVerdict || isChild ? given(rule.description, or: "") : nil),
        ]
    }

    /// A child says everything itself, so that it takes nothing from its parent's document.
    private var isChild: Bool { rule.parent != nil }

    private func given(_ text: String, or nothing: String) -> Value? {
        if !text.isEmpty { return .string(text) }
        return isChild ? .string(nothing) : nil
    }

    private func given(_ values: [Value]) -> Value? { values.isEmpty && !isChild ? nil : .list(values) }

    private static func mapping(_ entries: [(String, String)]) -> Value {
        Mapping.value(entries.map { ($0.0, .string($0.1)) })
    }

    private var places: [Value] {
        var places = assignments.map { assignment in
            Mapping.value([
                ("scope", .string(assignment.scope.rawValue)),
                ("name", assignment.scope == .global ? nil : assignment.scopeID.map(Value.string)),
                ("priority", assignment.priority.map { .int(Int64($0)) }),
                ("effective", Self.period(assignment.effectiveFrom, assignment.effectiveUntil)),
            ])
        }
        // A global rule applies everywhere; what it is assigned to may give it another priority there.
        if rule.scope == .global, !assignments.isEmpty, !assignments.contains(where: { $0.scope == .global }) {
            places.insert(Mapping.value([("scope", .string("global"))]), at: 0)
        }
        return places
    }

    private func period(_ rule: HAIveMindRule) -> Value? {
        Self.period(rule.effectiveFrom, rule.effectiveUntil) ?? (rule.parent == nil ? nil : .map(ValueMap()))
    }

    private static func period(_ from: String?, _ until: String?) -> Value? {
        guard from != nil || until != nil else { return nil }
        return Mapping.value([
            ("from", from.flatMap(HAIveMindTime.rfc3339).map(Value.string)),
            ("until", until.flatMap(HAIveMindTime.rfc3339).map(Value.string)),
        ])
    }
}
