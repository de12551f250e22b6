import HiveCEL

/// Makes one rule document out of one rule of hAIveMind.
struct RuleTranslator {
    /// As it stands in the file.
    private let original: HAIveMindRule
    /// With what it inherits.
    private let rule: HAIveMindRule
    private let assignments: [HAIveMindAssignment]
    private let dependencies: [HAIveMindDependency]
    /// Of the rules that it replaces, and that it requires.
    private let replaced: [HAIveMindRule]
    private let required: [HAIveMindRule]
    private let transforms: TransformTranslator
    private(set) var warnings: [String] = []

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
        transforms = TransformTranslator(rule.actions)
    }

    /// Nothing says where a rule that is not global applies: it applies nowhere until it is assigned.
    var isUnassigned: Bool {
        rule.scope != .global && assignments.isEmpty
            && !rule.conditions.contains { ContextField.says($0.field, whereRulesApplyOf: rule.scope) }
    }

    private var effect: RuleEffect {
        if rule.actions.contains(where: \.isVeto) { return .deny }
        if rule.actions.contains(where: { $0.type == .validate }) { return .warn }
        if !transforms.fields.isEmpty { return .transform }
        return changes.first?.effect ?? .annotate
    }

    private var enforcement: RuleEnforcement { isUnassigned ? .disabled : rule.status.enforcement }

    /// The document; `origin` is what only the way back needs.
    mutating func document(origin: Value) -> Value {
        var variables = RuleVariables()
        let match = MatchTranslator(rule.conditions)
        let when = match.rest.map { ConditionTranslator.expression($0, &variables) }.joined(separator: " && ")
        let effect = effect
        let isVerdict = effect == .deny || effect == .warn
        var violation: String?
        if isVerdict { violation = FindingTranslator(rule).violation(&variables) }
        if effect == .transform { violation = transforms.violation }
        note(violation)
        let isChild = rule.parent != nil
        let settings = changes
        let metadata = Mapping.value([
            ("name", .string(rule.documentName)), ("version", .int(rule.version)),
            ("type", .string(rule.type.rawValue)),
            ("created", rule.createdAt.flatMap(HAIveMindTime.rfc3339).map(Value.string)), ("origin", origin),
        ])
        let spec = Mapping.value([
            ("description", rule.description.isEmpty && !isChild ? nil : .string(rule.description)),
            ("extends", rule.parent.map { .list([.string(HAIveMindRule.documentName($0))]) }),
            ("scope", .string(rule.scope.rawValue)), ("priority", .int(Int64(rule.priority))),
            ("enforcement", .string(enforcement.rawValue)), ("effective", period(rule)),
            ("assignments", places.isEmpty && !isChild ? nil : .list(places)),
            ("match", match.value),
            ("when", when.isEmpty ? (isChild ? .string("true") : nil) : .string(when)),
            ("variables", variables.entries.isEmpty ? nil : .map(Self.map(variables.entries))),
            ("effect", .string(effect.rawValue)),
            ("violation", (violation ?? (isChild ? "" : nil)).map(Value.string)),
            ("settings", settings.isEmpty && !isChild ? nil : .list(settings.map(\.document))),
            ("strategy", .string(rule.strategy.strategy.rawValue)),
            ("transform", effect == .transform ? .map(Self.map(transforms.fields)) : nil),
            ("overrides", replaced.isEmpty && !isChild ? nil : .list(replaced.map { .string($0.documentName) })),
            ("message", message(effect).map(Value.string)),
            ("remediation", isVerdict && !rule.description.isEmpty || isChild ? .string(rule.description) : nil),
        ])
        return Mapping.value([
            ("apiVersion", .string("hive/v1")), ("kind", .string("Rule")), ("metadata", metadata), ("spec", spec),
        ])
    }

    private static func map(_ entries: [(String, String)]) -> ValueMap {
        var map = ValueMap()
        for (name, expression) in entries { _ = map.insert(.string(expression), for: .string(name)) }
        return map
    }

    /// What changes settings, and what Hive does not do itself and tells who asks to do.
    private var changes: [SettingChange] {
        var changes: [SettingChange] = []
        for action in rule.actions {
            switch action.type {
            case .set: changes.append(SettingChange(effect: .set, name: action.target, value: action.value))
            case .append: changes.append(SettingChange(effect: .append, name: action.target, value: action.value))
            case .merge: changes.append(SettingChange(effect: .merge, name: action.target, value: action.value))
            case .invoke: changes.append(Self.request(action))
            case .validate, .block, .transform: continue
            }
        }
        let isOwn = rule.actions.contains { $0.isVeto || $0.type == .validate }
        let told = isOwn ? rule.actions.filter { $0.type == .transform } : transforms.others
        return changes + told.map(Self.request)
    }

    private static func request(_ action: HAIveMindAction) -> SettingChange {
        let request = Mapping.value([
            ("target", .string(action.target)), ("value", action.value), ("parameters", .map(action.parameters)),
        ])
        return SettingChange(effect: .append, name: action.type.rawValue, value: .list([request]))
    }

    private func message(_ effect: RuleEffect) -> String? {
        guard effect == .deny || effect == .warn else { return rule.parent == nil ? nil : CELText.quoted(rule.name) }
        let kind: HAIveMindAction.Kind = effect == .deny ? .block : .validate
        let actions = rule.actions.filter { $0.type == kind }
        let given = actions.lazy.compactMap { $0.parameters.text("message") }.first
        return CELText.quoted(given ?? rule.name)
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

/// What whoever imports should know.
extension RuleTranslator {
    private mutating func note(_ violation: String?) {
        if isUnassigned {
            warnings.append(
                "is for one \(rule.scope.rawValue) and does not say which: it is kept and applies nowhere; assign it")
        }
        if effect == .deny, violation == nil, rule.conditions.isEmpty {
            let target = rule.actions.first(where: \.isVeto)?.target ?? ""
            warnings.append(
                "vetoes everything: it has no conditions, and `\(target)` names nothing to look for; add a condition")
        }
        if let id = original.id, id != rule.documentName {
            warnings.append("has an id that is no name here (`\(id)`)")
        }
        for check in rule.actions where check.type == .validate {
            guard check.parameters.list("patterns").isEmpty, !Self.isPattern(check.value) else { continue }
            warnings.append(
                "checks `\(check.target)`, which Hive cannot see: what the question says in args.\(check.target) counts"
            )
        }
        for action in rule.actions where action.type == .invoke {
            warnings.append("invokes `\(action.target)`: who asks is told to, as the setting `invoke`")
        }
        if changes.contains(where: { $0.name == "transform" && $0.effect == .append }) {
            warnings.append("transforms what Hive does not: who asks is told to, as the setting `transform`")
        }
        noteDependencies()
    }

    private static func isPattern(_ value: Value) -> Bool {
        guard case .string(let name) = value else { return false }
        return !Detector.conditions(name).isEmpty
    }

    private mutating func noteDependencies() {
        for other in replaced where other.scope.narrowness < rule.scope.narrowness {
            warnings.append(
                "replaces `\(other.documentName)`, which is wider: what a wider rule forbids stays forbidden")
        }
        for other in required where other.status != .active {
            warnings.append("requires `\(other.documentName)`, which is not in force")
        }
        for dependency in dependencies {
            let isHere = replaced.contains { ($0.id ?? $0.name) == dependency.dependsOn }
            switch dependency.type {
            case .conflicts: warnings.append("conflicts with `\(dependency.dependsOn)`: by rank, as all rules do")
            case .replaces where !isHere:
                warnings.append("replaces `\(dependency.dependsOn)`, which is not in this file")
            case .replaces, .requires, .enhances: continue
            }
        }
    }
}

extension SettingChange {
    /// The change as a rule document writes it.
    var document: Value {
        Mapping.value([("effect", .string(effect.rawValue)), ("name", .string(name)), ("value", value)])
    }
}
