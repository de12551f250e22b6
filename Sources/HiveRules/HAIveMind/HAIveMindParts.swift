import HiveCEL

/// Reads the parts of a file of hAIveMind, each strictly.
enum HAIveMindParts {
    /// A rule without its conditions, actions, dependencies and unknown keys.
    static func rule(_ reader: inout YAMLReader) throws(RuleError) -> HAIveMindRule {
        let id = try reader.presentText("id")
        guard let name = try reader.presentText("name") ?? id, !name.isEmpty else {
            throw RuleError("`name` is missing", at: reader.location, hint: "add it")
        }
        var rule = HAIveMindRule(id: id, name: name, location: reader.location)
        guard !rule.documentName.isEmpty else {
            throw RuleError("`\(name)` is no name", at: reader.location(of: "name"), hint: "use letters and digits")
        }
        rule.description = try reader.presentText("description") ?? ""
        rule.type = try reader.presentChoice("rule_type", as: HAIveMindRuleType.self) ?? .operational
        rule.scope = try reader.presentChoice("scope", as: RuleScope.self) ?? .global
        rule.priority = try priority(&reader, "priority") ?? 500
        rule.status = try reader.presentChoice("status", as: HAIveMindStatus.self) ?? .active
        rule.tags = reader.isNull("tags") ? [] : try reader.texts("tags")
        rule.createdAt = try time(&reader, "created_at")
        rule.createdBy = try reader.presentText("created_by")
        rule.updatedAt = try time(&reader, "updated_at")
        rule.updatedBy = try reader.presentText("updated_by")
        rule.version = reader.isNull("version") ? 1 : try reader.version()
        rule.parent = try reader.presentText("parent_rule_id")
        rule.strategy =
            try reader.presentChoice("conflict_resolution", as: HAIveMindStrategy.self) ?? .highestPriority
        rule.metadata = try reader.presentMapping("metadata") ?? ValueMap()
        (rule.effectiveFrom, rule.effectiveUntil) = try period(&reader)
        return rule
    }

    static func condition(_ reader: inout YAMLReader) throws(RuleError) -> HAIveMindCondition {
        let field = try reader.requiredText("field")
        guard let kind = try reader.choice("operator", as: HAIveMindCondition.Operator.self) else {
            throw RuleError("`operator` is missing", at: reader.location, hint: "add it, for example eq")
        }
        guard let value = try reader.value("value") else {
            throw RuleError("`value` is missing", at: reader.location, hint: "say what `\(field)` is compared with")
        }
        var condition = HAIveMindCondition(field: field, operator: kind, value: value)
        if !reader.isNull("case_sensitive") { condition.isCaseSensitive = try reader.bool("case_sensitive") ?? true }
        if let problem = problem(of: condition) {
            throw RuleError(problem.message, at: reader.location(of: "value"), hint: problem.hint)
        }
        condition.extra = try reader.rest()
        return condition
    }

    /// What an operator cannot work with.
    private static func problem(of condition: HAIveMindCondition) -> (message: String, hint: String)? {
        let name = condition.operator.rawValue
        switch (condition.operator, condition.value) {
        case (.in, .list), (.equal, _), (.unequal, _): return nil
        case (.in, _): return ("`in` needs a list", "value: [a, b]")
        case (.regex, .string(let pattern)): return problem(ofPattern: pattern)
        case (.startsWith, .string), (.endsWith, .string): return nil
        case (.contains, .list), (.contains, .map), (.contains, .null):
            return ("`contains` needs one value", "use one condition for each")
        case (.contains, _): return nil
        case (.regex, _), (.startsWith, _), (.endsWith, _): return ("`\(name)` needs a text", "put it in quotes")
        case (_, .int), (_, .double), (_, .string): return nil
        default: return ("`\(name)` needs a number or a text", "value: 100")
        }
    }

    private static func problem(ofPattern pattern: String) -> (message: String, hint: String)? {
        do {
            _ = try RegularExpression(pattern)
            return nil
        } catch { return ("not a regular expression: \(error.message)", "patterns are in the syntax of RE2") }
    }

    static func action(_ reader: inout YAMLReader) throws(RuleError) -> HAIveMindAction {
        guard let type = try reader.choice("action_type", as: HAIveMindAction.Kind.self) else {
            throw RuleError("`action_type` is missing", at: reader.location, hint: "add it, for example set")
        }
        var action = HAIveMindAction(
            type: type, target: try reader.requiredText("target"), value: try reader.value("value") ?? .null)
        if !reader.keys.contains("value"), [.set, .append, .merge].contains(type) {
            throw RuleError("`value` is missing", at: reader.location, hint: "say what `\(action.target)` becomes")
        }
        if type == .merge, action.value.typeName != "map" {
            throw RuleError(
                "merge needs a mapping as its value", at: reader.location(of: "value"),
                hint: "use set or append for others")
        }
        action.parameters = try reader.presentMapping("parameters") ?? ValueMap()
        for case .string(let pattern) in action.parameters.list("patterns") where type == .validate {
            if let problem = problem(ofPattern: pattern) {
                throw RuleError(problem.message, at: reader.location(of: "parameters"), hint: problem.hint)
            }
        }
        if type == .transform, let pattern = action.parameters.text("pattern"),
            let problem = problem(ofPattern: pattern)
        {
            throw RuleError(problem.message, at: reader.location(of: "parameters"), hint: problem.hint)
        }
        action.extra = try reader.rest()
        return action
    }

    /// `of` is the rule that the file is about, where it is about one.
    static func dependency(
        _ reader: inout YAMLReader, of rule: String?
    ) throws(RuleError) -> HAIveMindDependency {
        let key = reader.keys.contains("dependency_type") ? "dependency_type" : "type"
        guard let type = try reader.choice(key, as: HAIveMindDependency.Kind.self) else {
            throw RuleError("`dependency_type` is missing", at: reader.location, hint: "add it, for example requires")
        }
        var dependency = HAIveMindDependency(dependsOn: "", type: type, location: reader.location)
        if rule == nil {
            dependency.rule = try reader.requiredText("rule_id")
            dependency.dependsOn = try reader.requiredText("depends_on_rule_id")
        } else {
            let own = try reader.presentText("rule_id")
            dependency.dependsOn =
                own == nil || own == rule ? try reader.requiredText("depends_on_rule_id") : own ?? ""
        }
        dependency.extra = try reader.rest()
        return dependency
    }

    static func assignment(_ reader: inout YAMLReader) throws(RuleError) -> HAIveMindAssignment {
        let rule = try reader.requiredText("rule_id")
        guard let scope = try reader.choice("scope_type", as: AssignmentScope.self) else {
            throw RuleError("`scope_type` is missing", at: reader.location, hint: "add it, for example project")
        }
        var assignment = HAIveMindAssignment(rule: rule, scope: scope, location: reader.location)
        assignment.scopeID = try reader.presentText("scope_id")
        if scope != .global, assignment.scopeID?.isEmpty ?? true {
            throw RuleError(
                "`scope_id` is missing", at: reader.location, hint: "say which \(scope.rawValue) it is assigned to")
        }
        assignment.priority = try priority(&reader, "priority_override")
        (assignment.effectiveFrom, assignment.effectiveUntil) = try period(&reader)
        assignment.extra = try reader.rest()
        return assignment
    }

    /// A number, or one of the five names.
    private static func priority(_ reader: inout YAMLReader, _ key: String) throws(RuleError) -> Int? {
        guard let text = try reader.presentText(key) else { return nil }
        let named = RuleParser.priorities.first { $0.name == text.lowercased() }?.value
        guard let value = named ?? Int64(text), (1...1000).contains(value) else {
            throw RuleError(
                "`\(text)` is no priority", at: reader.location(of: key),
                hint: "use 1 to 1000, or CRITICAL, HIGH, NORMAL, LOW, ADVISORY")
        }
        return Int(value)
    }

    private static func period(_ reader: inout YAMLReader) throws(RuleError) -> (String?, String?) {
        let from = try time(&reader, "effective_from")
        let until = try time(&reader, "effective_until")
        if let from, let until, let start = HAIveMindTime.milliseconds(from),
            let end = HAIveMindTime.milliseconds(until), end <= start
        {
            throw RuleError(
                "`effective_until` comes before `effective_from`", at: reader.location(of: "effective_until"),
                hint: "swap them")
        }
        return (from, until)
    }

    private static func time(_ reader: inout YAMLReader, _ key: String) throws(RuleError) -> String? {
        guard let text = try reader.presentText(key) else { return nil }
        guard HAIveMindTime.milliseconds(text) != nil else {
            throw RuleError(
                "`\(text)` is no time", at: reader.location(of: key), hint: "write 2026-11-21T08:00:00Z")
        }
        return text
    }
}
