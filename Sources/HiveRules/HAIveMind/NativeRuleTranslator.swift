import HiveCEL

/// A rule of Hive's own as one of hAIveMind, where it says nothing that the format cannot.
struct NativeRuleTranslator {
    private let rule: Rule

    init(_ rule: Rule) { self.rule = rule }

    /// What has no equivalent; empty where the rule can be exported.
    var problems: [String] {
        var problems: [String] = []
        let words: [(String, Bool)] = [
            ("when", rule.when != nil), ("violation", rule.violation != nil), ("extends", !rule.extends.isEmpty),
            ("transform", !rule.transform.isEmpty), ("onError", rule.onError != nil),
            ("match.commands", !rule.match.commands.isEmpty), ("match.paths", !rule.match.paths.isEmpty),
            ("effective.days", !rule.effective.days.isEmpty), ("effective.hours", rule.effective.hours != nil),
            ("effective.zone", rule.effective.zone != "UTC"), ("message", rule.message != nil && message == nil),
        ]
        problems += words.filter(\.1).map { "`\($0.0)` has no equivalent" }
        if ![.deny, .annotate, .set, .append, .merge].contains(rule.effect) {
            problems.append("the effect `\(rule.effect.rawValue)` has no equivalent")
        }
        if rule.enforcement == .warn { problems.append("`enforcement: warn` has no equivalent") }
        if HAIveMindRuleType(rawValue: rule.type) == nil {
            problems.append("the type `\(rule.type)` has no equivalent")
        }
        if rule.effect == .annotate, rule.settings.isEmpty { problems.append("it does nothing but annotate") }
        for list in rule.match.lists where list.patterns.contains(where: { $0.contains { "*?".contains($0) } }) {
            problems.append("a pattern in `match.\(list.name)` has no equivalent")
        }
        return problems
    }

    /// The message, where it is the same for every input.
    private var message: String? {
        guard let source = rule.message else { return nil }
        do throws(CompilationError) {
            let program = try Program.compile(source, in: .standard)
            guard case .success(.string(let text)) = program.evaluate(DictionaryActivation([:])) else { return nil }
            return text
        } catch { return nil }
    }

    private static let fields = [
        "events": "event", "tools": "tool", "projects": "project_id", "agents": "agent_id", "roles": "role",
        "machines": "machine_id", "kinds": "kind",
    ]

    /// The rule as a mapping of the format.
    var value: Value {
        var exported = HAIveMindRule(id: rule.name, name: rule.name, location: rule.location)
        exported.description = rule.description ?? ""
        exported.type = HAIveMindRuleType(rawValue: rule.type) ?? .operational
        exported.scope = rule.scope
        exported.priority = rule.priority
        exported.status = rule.enforcement == .shadow ? .testing : rule.enforcement == .disabled ? .inactive : .active
        exported.version = rule.version
        exported.strategy = HAIveMindStrategy(rule.strategy ?? .highestPriority)
        exported.createdAt = rule.created.map(Self.time)
        exported.effectiveFrom = rule.effective.from.map { Self.time($0.milliseconds) }
        exported.effectiveUntil = rule.effective.until.map { Self.time($0.milliseconds) }
        exported.conditions = rule.match.lists.compactMap { list in
            Self.fields[list.name].map {
                HAIveMindCondition(field: $0, operator: .in, value: .list(list.patterns.map(Value.string)))
            }
        }
        exported.actions = actions
        if let remediation = rule.remediation {
            // On the way back the description says what to do instead.
            if exported.description.isEmpty { exported.description = remediation }
            _ = exported.metadata.insert(.string(remediation), for: .string("remediation"))
        }
        if !rule.labels.isEmpty {
            _ = exported.metadata.insert(.map(ValueMap(rule.labels.mapValues(Value.string))), for: .string("labels"))
        }
        return exported.value
    }

    private var actions: [HAIveMindAction] {
        var actions = rule.changes.compactMap { change in
            HAIveMindAction.Kind(rawValue: change.effect.rawValue).map {
                HAIveMindAction(type: $0, target: change.name, value: change.value)
            }
        }
        if rule.effect == .deny {
            var veto = HAIveMindAction(type: .block, target: rule.name, value: .bool(true))
            if let message { veto.parameters = ValueMap(["message": .string(message)]) }
            actions.append(veto)
        }
        return actions
    }

    var assignments: [Value] {
        rule.assignments.map { assignment in
            HAIveMindAssignment(
                rule: rule.name, scope: assignment.scope, scopeID: assignment.name, priority: assignment.priority,
                effectiveFrom: assignment.effective.from.map { Self.time($0.milliseconds) },
                effectiveUntil: assignment.effective.until.map { Self.time($0.milliseconds) }, location: rule.location
            ).value
        }
    }

    var dependencies: [Value] {
        rule.overrides.map {
            HAIveMindDependency(rule: rule.name, dependsOn: $0, type: .replaces, location: rule.location).value
        }
    }

    private static func time(_ milliseconds: Int64) -> String { HAIveMindTime.text(milliseconds) }
}
