import HiveCEL
@testable import HiveRules
import Testing

/// Translated conditions hold where plain ones do, and the index finds every rule that they are of.
@Suite struct ConditionPropertyTests {
    private static let texts = ["a", "A", "ab", "Abc", "bc", "10", "9", "2.5", ""]

    @Test("Random conditions hold of random questions where they should", arguments: 0..<6)
    func agreement(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let conditions = (0..<40).map { _ in condition(&random) }
        let orchard = try Orchard(
            rules: conditions.enumerated().map { place, condition in
                let written = JSONText.render(condition.asValue)
                return "id: r\(place), name: r, conditions: [\(written)], "
                    + "actions: [{action_type: set, target: s\(place), value: 1}]"
            })
        var held = 0
        for _ in 0..<60 {
            let question = question(&random)
            let decision = orchard.law.decide(try DecisionInput(.map(question)), now: Orchard.now)
            #expect(decision.errors.isEmpty)
            for (place, condition) in conditions.enumerated() {
                let value = Self.value(of: condition.field, in: question)
                let expected = PlainCondition(condition: condition).holds(
                    value, isListBySchema: condition.field == "role")
                let found = decision.settings["s\(place)"] != nil
                #expect(
                    found == expected,
                    "\(JSONText.render(condition.asValue)) of \(JSONText.render(.map(question)))")
                held += expected ? 1 : 0
            }
        }
        #expect(held > 100)
    }

    @Test("Rules that ask a field of the arguments for a text are found by it")
    func index() throws {
        let orchard = try Orchard(
            rules: (0..<50).map { place in
                "id: r\(place), name: r, conditions: [{field: task_type, operator: eq, value: t\(place)}], "
                    + "actions: [{action_type: set, target: s, value: 1}]"
            })
        let decision = try orchard.decide("{\"event\":\"commit\",\"args\":{\"task_type\":\"t7\"}}")
        #expect(decision.matched.map(\.id) == ["r7"])
        #expect(decision.candidates < 5)
    }

    private static func value(of field: String, in question: ValueMap) -> Value? {
        switch field {
        case "role": question.mapping("agent")?["roles"]
        case "agent_id": question.mapping("agent")?["name"]
        case "project_id": question["project"]
        default: question.mapping("args")?[field]
        }
    }

    private func condition(_ random: inout SeededGenerator) -> HAIveMindCondition {
        let kind = random.pick(HAIveMindCondition.Operator.allCases)
        let value: Value
        switch kind {
        case .in: value = .list([scalar(&random), scalar(&random)])
        // Letters and digits mean themselves in a pattern.
        case .regex: value = .string(random.pick(["a", "A", "ab", "bc", "10"]))
        case .startsWith, .endsWith: value = .string(random.pick(Self.texts))
        case .contains: value = random.pick([.string(random.pick(Self.texts)), .int(10)])
        case .greater, .less, .greaterOrEqual, .lessOrEqual:
            value = random.pick([.int(9), .double(2.5), .string("ab")])
        case .equal, .unequal: value = scalar(&random)
        }
        let field = random.pick(["task_type", "odd key", "in", "role", "agent_id", "project_id"])
        var condition = HAIveMindCondition(field: field, operator: kind, value: value)
        condition.isCaseSensitive = random.chance(50)
        return condition
    }

    private func question(_ random: inout SeededGenerator) -> ValueMap {
        var fields: [String: Value] = ["event": .string("commit")]
        func text() -> Value { .string(random.pick(Self.texts)) }
        if random.chance(60) { fields["project"] = text() }
        var agent: [String: Value] = [:]
        if random.chance(60) { agent["name"] = text() }
        if random.chance(60) { agent["roles"] = .list([text(), text()]) }
        if random.chance(80) { fields["agent"] = .map(ValueMap(agent)) }
        var arguments: [String: Value] = [:]
        for name in ["task_type", "odd key", "in"] where random.chance(75) {
            arguments[name] = random.chance(70) ? scalar(&random) : .list([scalar(&random), scalar(&random)])
        }
        if random.chance(90) { fields["args"] = .map(ValueMap(arguments)) }
        return ValueMap(fields)
    }

    private func scalar(_ random: inout SeededGenerator) -> Value {
        if random.chance(60) { return .string(random.pick(Self.texts)) }
        return random.pick([.int(9), .int(10), .double(2.5), .bool(true), .null])
    }
}
