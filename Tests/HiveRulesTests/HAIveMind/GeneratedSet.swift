import HiveCEL
@testable import HiveRules

/// Sets of rules that nobody would write, as YAML.
enum GeneratedSet {
    static func document(_ random: inout SeededGenerator) -> String {
        let ids = (0..<Int.random(in: 1...5, using: &random)).map { "r-\($0)" }
        var rules: [Value] = []
        for (place, id) in ids.enumerated() {
            rules.append(rule(id, parent: place > 0 && random.chance(20) ? ids[place - 1] : nil, &random))
        }
        var fields: [String: Value] = ["rules": .list(rules)]
        if random.chance(60) { fields["export_timestamp"] = .string("2026-01-01T00:00:00Z") }
        if random.chance(60) { fields["format_version"] = .string("1.0") }
        if random.chance(60) { fields["metadata"] = map(&random) }
        if random.chance(30) { fields["x_more"] = value(&random, depth: 2) }
        let assigned = ids.filter { _ in random.chance(40) }
        fields["assignments"] = .list(assigned.map { assignment($0, &random) })
        let dependent = ids.filter { _ in random.chance(40) }
        fields["dependencies"] = .list(
            dependent.map { id in
                let kind = random.pick(["requires", "conflicts", "enhances", "replaces"])
                let key = random.chance(50) ? "type" : "dependency_type"
                return .map(
                    ValueMap([
                        "rule_id": .string(id), "depends_on_rule_id": .string(random.pick(ids)), key: .string(kind),
                    ]))
            })
        return YAMLText.text(.map(ValueMap(fields)))
    }

    private static func rule(_ id: String, parent: String?, _ random: inout SeededGenerator) -> Value {
        var fields: [String: Value] = [
            "id": .string(id), "name": .string("n" + text(&random)),
            "actions": .list((0..<Int.random(in: 1...4, using: &random)).map { _ in action(&random) }),
            "conditions": .list((0..<Int.random(in: 0...3, using: &random)).map { _ in condition(&random) }),
        ]
        func maybe(_ key: String, _ value: Value, _ percent: Int = 60) {
            if random.chance(percent) { fields[key] = value }
        }
        maybe("description", .string(text(&random)))
        maybe("rule_type", .string(random.pick(HAIveMindRuleType.allCases).rawValue))
        maybe("scope", .string(random.pick(RuleScope.allCases).rawValue))
        maybe("priority", .int(Int64.random(in: 1...1000, using: &random)))
        maybe("status", .string(random.pick(HAIveMindStatus.allCases).rawValue))
        maybe("conflict_resolution", .string(random.pick(HAIveMindStrategy.allCases).rawValue))
        maybe("tags", .list([.string(text(&random)), .string("t")]))
        maybe("created_at", .string(random.pick(["2026-01-01", "2026-01-01T10:00:00.123456", "2026-01-01T10:00:00Z"])))
        maybe("updated_by", .string(text(&random)))
        maybe("version", .int(Int64.random(in: 1...9, using: &random)))
        maybe("effective_from", .string("2026-01-01T00:00:00+02:00"), 30)
        maybe("effective_until", .string("2027-01-01"), 30)
        maybe("metadata", map(&random))
        maybe("x_\(id)", value(&random, depth: 2), 30)
        if let parent { fields["parent_rule_id"] = .string(parent) }
        return .map(ValueMap(fields))
    }

    private static func condition(_ random: inout SeededGenerator) -> Value {
        let kind = random.pick(HAIveMindCondition.Operator.allCases)
        let value: Value
        switch kind {
        case .in: value = .list([.string(text(&random)), .int(3), scalar(&random)])
        case .regex: value = .string(random.pick(["a+", "[a-z]{2,}", "(?:x|y)$"]))
        case .contains, .startsWith, .endsWith: value = .string(text(&random))
        case .greater, .less, .greaterOrEqual, .lessOrEqual: value = random.pick([.int(5), .double(0.5), .string("x")])
        case .equal, .unequal: value = scalar(&random)
        }
        var fields: [String: Value] = [
            "field": .string(random.pick(["task_type", "agent_id", "role", "capabilities", "odd key", "in", "kind"])),
            "operator": .string(kind.rawValue), "value": value,
        ]
        if random.chance(50) { fields["case_sensitive"] = .bool(random.chance(50)) }
        if random.chance(10) { fields["x_note"] = scalar(&random) }
        return .map(ValueMap(fields))
    }

    private static func action(_ random: inout SeededGenerator) -> Value {
        let kind = random.pick(HAIveMindAction.Kind.allCases)
        let target = random.pick(["style", "content", "secret_exposure", "code_intent", "deploy", "odd target"])
        var fields: [String: Value] = [
            "action_type": .string(kind.rawValue), "target": .string(target),
            "value": kind == .merge ? map(&random) : value(&random, depth: 1),
        ]
        if random.chance(50) { fields["parameters"] = map(&random) }
        if random.chance(20) { fields["parameters"] = .map(ValueMap(["patterns": .list([.string("x{2}")])])) }
        return .map(ValueMap(fields))
    }

    private static func assignment(_ id: String, _ random: inout SeededGenerator) -> Value {
        let scope = random.pick(AssignmentScope.allCases)
        var fields: [String: Value] = ["rule_id": .string(id), "scope_type": .string(scope.rawValue)]
        if scope != .global || random.chance(20) { fields["scope_id"] = .string("p" + text(&random)) }
        if random.chance(50) { fields["priority_override"] = .int(Int64.random(in: 1...1000, using: &random)) }
        if random.chance(30) { fields["effective_from"] = .string("2026-01-01T00:00:00Z") }
        if random.chance(10) { fields["x_by"] = scalar(&random) }
        return .map(ValueMap(fields))
    }

    private static func map(_ random: inout SeededGenerator) -> Value {
        var map = ValueMap()
        for place in 0..<Int.random(in: 0...3, using: &random) {
            _ = map.insert(value(&random, depth: 1), for: .string(text(&random) + String(place)))
        }
        return .map(map)
    }

    static func value(_ random: inout SeededGenerator, depth: Int) -> Value {
        guard depth > 0, random.chance(50) else { return scalar(&random) }
        if random.chance(50) { return map(&random) }
        return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth - 1) })
    }

    private static func scalar(_ random: inout SeededGenerator) -> Value {
        random.pick([
            .string(text(&random)), .int(Int64.random(in: -5...500, using: &random)), .double(0.25), .bool(true), .null,
            .double(-1e30), .bool(false),
        ])
    }

    private static let words = [
        "a", "true", "null", "~", "no", "1", "0.5", "-", "- x", "x: y", "#", "x #y", "it's", "\"q\"", "back\\slash",
        "[",
        "{", "}}", "&a", "*a", " &b *b", "!t", "%", "@", "`", "|", ">", "?", "tab\tx", "line\nbreak", "\r", "ä", "🍎",
        "\u{85}", "\u{2028}", "end ", " start", "", "---", "a--- b", "\u{7F}", "\u{1}", "yes", "0x1F",
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(words) }.joined()
    }
}
