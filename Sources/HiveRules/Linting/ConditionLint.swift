import HiveCEL

/// Conditions that can never be true, are always true, or look at what is never there.
enum ConditionLint {
    static func problems(of rule: CompiledRule, schema: InputSchema) -> [RuleLinter.Problem] {
        constant(rule) + contradictions(rule) + absentFields(rule, schema)
    }

    /// A condition that asks for nothing but parameters has one answer.
    private static func constant(_ rule: CompiledRule) -> [RuleLinter.Problem] {
        guard let condition = rule.expressions.condition, condition.variables.isSubset(of: ["params"]) else {
            return []
        }
        switch condition.evaluate(DictionaryActivation(["params": rule.expressions.params])) {
        case .success(.bool(true)):
            return [.init("constant", "has a condition that is always true; leave it out", key: "when")]
        case .success: return [.init("unreachable", "has a condition that is never true", key: "when")]
        case .failure(let error):
            return [.init("constant", "has a condition that can never be answered: \(error.message)", key: "when")]
        }
    }

    /// Guards on one text that exclude each other.
    private static func contradictions(_ rule: CompiledRule) -> [RuleLinter.Problem] {
        for (place, one) in rule.guards.enumerated() where !one.hasSeveralTexts {
            for other in rule.guards[..<place] where other.field == one.field && !other.hasSeveralTexts {
                guard GuardLogic.areDisjoint(one, other) else { continue }
                let texts = [other, one].map { $0.tests.map { "`\($0)`" }.joined(separator: " or ") }
                return [
                    .init(
                        "unreachable", "never applies: \(one.field) cannot be \(texts[0]) and \(texts[1])", key: "when")
                ]
            }
        }
        return []
    }

    private static func absentFields(_ rule: CompiledRule, _ schema: InputSchema) -> [RuleLinter.Problem] {
        let events = rule.rule.match.events
        guard !events.isEmpty, events.allSatisfy({ schema.events[$0] != nil }) else { return [] }
        let own = Set(events.flatMap { (schema.events[$0] ?? [:]).keys })
        let known = Set(schema.events.values.flatMap(\.keys))
        let asked = Set(rule.expressions.subjects.map(\.root))
        return asked.intersection(known).subtracting(own).sorted().map { name in
            .init("absent-field", "asks for `\(name)`, which \(events.joined(separator: ", ")) never has", key: "when")
        }
    }
}
