import HiveCEL
import HiveRules
import Testing

/// Settings beside any effect, the strategies that reconcile them, and the places that rules are assigned to.
@Suite struct SettingsTests {
    private func settings(_ documents: [String], _ input: String = "{\"event\":\"commit\"}") throws -> String {
        let law = try Law.compile(documents)
        return JSONText.render(.map(ValueMap(law.decide(try Law.input(input, law), now: 0).settings)))
    }

    private func word(_ name: String, _ value: String, _ spec: String, effect: String = "set") -> String {
        Law.rule(name, "effect: annotate, settings: [{effect: \(effect), name: s, value: \(value)}], \(spec)")
    }

    @Test("A rule with any effect makes all its settings, and matches once")
    func severalSettings() throws {
        let law = try Law.compile([
            Law.rule(
                "r",
                "effect: warn, settings: [{name: a, value: 1}, {effect: append, name: b, value: x}, {effect: append, name: b, value: y}]"
            )
        ])
        let decision = law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect(decision.effect == .warn)
        #expect(decision.matched.map(\.id) == ["r"])
        #expect(JSONText.render(.map(ValueMap(decision.settings))) == "{\"a\":1,\"b\":[\"x\",\"y\"]}")
    }

    @Test("What is violated decides; what is not makes its settings only")
    func violation() throws {
        let law = try Law.compile([
            Law.rule(
                "r",
                "effect: deny, violation: \"has(input.content) && content.contains('x')\", settings: [{name: a, value: 1}]"
            ),
            Law.rule("bare", "effect: warn, violation: \"has(input.path)\""),
        ])
        let good = law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect(good.allowed && good.rule == nil && good.settings.keys.sorted() == ["a"])
        #expect(good.matched.map(\.effect) == [.set])
        let bad = law.decide(try Law.input("{\"event\":\"commit\",\"content\":\"ax\"}"), now: 0)
        #expect(!bad.allowed && bad.rule?.id == "r" && bad.settings.keys.sorted() == ["a"])
        #expect(law.explain(try Law.input("{\"event\":\"commit\"}"), now: 0).contains { $0.contains("settings only") })
    }

    @Test("A violation that cannot be answered restricts")
    func unanswerableViolation() throws {
        let law = try Law.compile([Law.rule("r", "effect: deny, violation: content == 'x'")])
        #expect(!law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0).allowed)
    }

    @Test(
        "Each strategy has its own last word",
        arguments: [
            ("highest-priority", "\"global\""), ("most-specific", "\"agent\""), ("latest-created", "\"machine\""),
            ("consensus", "\"many\""), ("override", "\"global\""),
        ])
    func strategies(strategy: String, expected: String) throws {
        var documents = [
            word("g", "global", "priority: 900, strategy: \(strategy)"),
            word("a", "agent", "priority: 10, scope: agent"),
            word("m1", "many", "priority: 20, scope: project"), word("m2", "many", "priority: 21, scope: project"),
        ]
        documents.append(
            word("m", "machine", "priority: 30, scope: machine").replacing(
                "{name: m}", with: "{name: m, created: 2026-05-05}"))
        #expect(try settings(documents) == "{\"s\":\(expected)}")
    }

    @Test("An override wins over a wider rule of the same priority")
    func override() throws {
        let documents = [
            word("a-base", "false", "priority: 750"),
            word("z", "true", "priority: 750, scope: project, strategy: override"),
        ]
        #expect(try settings(documents) == "{\"s\":true}")
    }

    @Test("Whatever the strategy, the order of the rules does not matter", arguments: SettingStrategy.allCases)
    func order(strategy: SettingStrategy) throws {
        for seed in 0..<40 {
            var random = SeededGenerator(seed: UInt64(seed))
            let documents = (0..<Int.random(in: 2...6, using: &random)).map { place in
                let effect = random.pick(["set", "append", "merge"])
                let value = effect == "merge" ? "{k: \(place % 2)}" : random.pick(["a", "b", "[c]", "{k: 9}"])
                let scope = random.pick(["global", "project", "agent"])
                let own = random.chance(70) ? strategy.rawValue : random.pick(SettingStrategy.allCases).rawValue
                return word(
                    "r\(place)", value, "priority: \(random.pick([1, 2, 3])), scope: \(scope), strategy: \(own)",
                    effect: effect
                ).replacing("{name: r\(place)}", with: "{name: r\(place), created: 2026-0\(random.pick([1, 2]))-01}")
            }
            let first = try settings(documents)
            #expect(try settings(documents.reversed()) == first, "seed \(seed)")
            #expect(try settings(documents.shuffled(using: &random)) == first, "seed \(seed)")
        }
    }

    @Test("A rule applies where it is assigned, with the priority of the narrowest place, in its period")
    func assignments() throws {
        let law = try Law.compile([
            Law.rule(
                "r",
                "effect: annotate, priority: 600, settings: [{name: s, value: assigned}], assignments: [{scope: project, name: p, priority: 650}, {scope: agent, name: a, priority: 10, effective: {until: 1970-01-02}}]"
            ),
            Law.rule("other", "effect: set, priority: 620, setting: {name: s, value: other}"),
        ])
        func setting(_ input: String, now: Int64 = 0) throws -> String {
            let decision = law.decide(try Law.input(input), now: now)
            #expect(
                decision.settings == law.decideNaively(try Law.input(input), now: now).settings, "\(input)")
            return JSONText.render(decision.settings["s"] ?? .null)
        }
        #expect(try setting("{\"event\":\"commit\",\"project\":\"p\"}") == "\"assigned\"")
        #expect(try setting("{\"event\":\"commit\",\"project\":\"pp\"}") == "\"other\"")
        #expect(try setting("{\"event\":\"commit\"}") == "\"other\"")
        let both = "{\"event\":\"commit\",\"project\":\"p\",\"agent\":{\"name\":\"a\"}}"
        #expect(try setting(both) == "\"other\"")
        #expect(try setting(both, now: 2 * 86_400_000) == "\"assigned\"")
    }

    @Test("A disabled rule is kept and never asked")
    func disabled() throws {
        let law = try Law.compile([Law.rule("r", "effect: deny, enforcement: disabled")])
        let decision = law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect(decision.allowed && decision.matched.isEmpty && decision.shadow.isEmpty)
        #expect(law.rules.map(\.enforcement) == [.disabled])
        #expect(law.explain(try Law.input("{\"event\":\"commit\"}"), now: 0)[0].contains("disabled"))
    }

    @Test(
        "Settings that make no sense are refused",
        arguments: [
            "effect: warn, settings: [{effect: deny, name: a, value: 1}]",
            "effect: warn, settings: [{effect: merge, name: a, value: 1}]",
            "effect: set, settings: []", "effect: warn, strategy: loudest",
            "effect: warn, assignments: [{scope: moon}]",
            "effect: warn, assignments: [{scope: agent}]",
            "effect: warn, assignments: [{scope: agent, name: a, priority: 0}]",
            "effect: set, violation: 'true', settings: [{name: a, value: 1}]",
        ])
    func refusals(spec: String) { #expect(Law.error([Law.rule("r", spec)]) != nil) }
}

/// Values compare as the language does.
private func == (left: [String: Value], right: [String: Value]) -> Bool {
    JSONText.render(.map(ValueMap(left))) == JSONText.render(.map(ValueMap(right)))
}
