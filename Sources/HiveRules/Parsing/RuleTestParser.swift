import HiveCEL

/// Reads the cases beside a rule.
enum RuleTestParser {
    static func tests(_ reader: inout YAMLReader) throws(RuleError) -> [RuleTest] {
        var tests: [RuleTest] = []
        for var entry in try reader.readers("tests") { tests += try self.tests(of: &entry) }
        return tests
    }

    /// One case, or one for each element of `each`, whose values stand for `${name}` in names and texts.
    private static func tests(of reader: inout YAMLReader) throws(RuleError) -> [RuleTest] {
        let test = try test(&reader)
        guard case .list(let rows)? = try reader.value("each") else {
            if reader.keys.contains("each") {
                throw RuleError(
                    "`each` must be a list", at: reader.location(of: "each"), hint: "each: [{branch: main}]")
            }
            try reader.finish()
            return [try checked(test)]
        }
        var tests: [RuleTest] = []
        for row in rows {
            guard case .map(let values) = row else {
                throw RuleError(
                    "an element of `each` must be a mapping", at: reader.location(of: "each"),
                    hint: "each: [{branch: main}]")
            }
            tests.append(try checked(TestParameters(values).applied(to: test)))
        }
        try reader.finish()
        return tests
    }

    private static func checked(_ test: RuleTest) throws(RuleError) -> RuleTest {
        if let effect = test.effect, RuleEffect(rawValue: effect) == nil {
            let known = RuleEffect.allCases.map(\.rawValue)
            throw RuleError(
                "`\(effect)` is no effect", at: test.location,
                hint: Suggestion.nearest(to: effect, among: known) ?? "known are \(known.joined(separator: ", "))")
        }
        return test
    }

    private static func test(_ reader: inout YAMLReader) throws(RuleError) -> RuleTest {
        let location = reader.location
        let name = try reader.requiredText("name")
        guard let input = try reader.value("input") else {
            throw RuleError("`input` is missing", at: location, hint: "input: {event: …}")
        }
        guard case .map = input else {
            throw RuleError("`input` must be a mapping", at: reader.location(of: "input"), hint: "input: {event: …}")
        }
        var expect = try reader.requiredReader("expect")
        var test = RuleTest(name: name, input: input, location: location)
        if let moment = try PeriodParser.moment(&reader, "at") { test.time = moment.milliseconds }
        test.effect = try expect.text("effect")
        test.allowed = try expect.bool("allowed")
        test.rule = try expect.text("rule")
        test.matched = try expect.texts("matched")
        test.message = try expect.text("message")
        test.settings = try expect.values("settings")
        test.transformed = try expect.values("transformed")
        try expect.finish()
        return test
    }
}
