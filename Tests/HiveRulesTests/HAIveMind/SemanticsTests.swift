import HiveCEL
@testable import HiveRules
import Testing

/// What the format promises: scopes, assignments, actions, strategies, dependencies.
@Suite struct SemanticsTests {
    private func set(_ id: String, _ value: String, _ more: String = "", type: String = "set") -> String {
        "id: \(id), name: \(id), \(more.isEmpty ? "" : more + ", ")actions: [{action_type: \(type), target: s, value: \(value)}]"
    }

    private static let commit = "{\"event\":\"commit\"}"

    @Test("A rule for one project, machine, agent or session applies nowhere until it is assigned")
    func unassigned() throws {
        for scope in ["project", "machine", "agent", "session"] {
            let orchard = try Orchard(rules: [set("r", "1", "scope: \(scope)")])
            #expect(orchard.imported.rules[0].rule.enforcement == .disabled)
            #expect(orchard.imported.rules[0].warnings.contains { $0.contains("does not say which") })
            let full = """
                {"event":"commit","project":"p","agent":{"name":"a"},"machine":{"name":"m"},"session":"s"}
                """
            #expect(try orchard.decide(full).settings.isEmpty)
        }
    }

    @Test("Assignments say where, with what priority and how long")
    func assignments() throws {
        let more = """
            assignments:
              - {rule_id: r, scope_type: project, scope_id: p, priority_override: 900}
              - {rule_id: r, scope_type: user, scope_id: u, effective_until: "2026-01-01T00:00:00Z"}
              - {rule_id: g, scope_type: agent, scope_id: a, priority_override: 950}
            """
        let orchard = try Orchard(
            rules: [set("r", "r", "scope: project, priority: 600"), set("g", "g", "priority: 700")], more: more)
        #expect(try orchard.decide(Self.commit).setting("s") == "\"g\"")
        #expect(try orchard.decide("{\"event\":\"commit\",\"project\":\"p\"}").setting("s") == "\"r\"")
        #expect(try orchard.decide("{\"event\":\"commit\",\"project\":\"P\"}").setting("s") == "\"g\"")
        #expect(
            try orchard.decide("{\"event\":\"commit\",\"project\":\"p\",\"agent\":{\"name\":\"a\"}}").setting("s")
                == "\"g\"")
        let user = "{\"event\":\"commit\",\"user\":\"u\"}"
        #expect(try orchard.decide(user).matched.map(\.id) == ["g"])
        #expect(try Set(orchard.decide(user, now: 1_700_000_000_000).matched.map(\.id)) == ["g", "r"])
        #expect(orchard.imported.rules.map(\.rule.priority) == [600, 700])
    }

    @Test("Dates of a rule bound when it holds")
    func dates() throws {
        let orchard = try Orchard(rules: [
            set("r", "1", "effective_from: 2026-02-01, effective_until: \"2026-03-01T00:00:00\"")
        ])
        for (time, holds) in [(1_769_900_000_000, false), (1_771_000_000_000, true), (1_772_400_000_000, false)] {
            #expect(try (orchard.decide(Self.commit, now: Int64(time)).setting("s") != nil) == holds)
        }
    }

    @Test("Inactive and deprecated rules are kept out of force, those in testing are in shadow")
    func status() throws {
        let orchard = try Orchard(rules: [
            set("a", "1", "status: inactive"), set("b", "1", "status: deprecated"), set("c", "1", "status: testing"),
        ])
        #expect(orchard.law.rules.map(\.enforcement) == [.disabled, .disabled, .shadow])
        let decision = try orchard.decide(Self.commit)
        #expect(decision.settings.isEmpty && decision.shadow.map(\.id) == ["c"])
    }

    @Test("append and merge accumulate")
    func accumulation() throws {
        let lists = try Orchard(rules: [
            set("a", "one", "priority: 1", type: "append"), set("b", "two", "priority: 2", type: "append"),
            set("c", "[three, four]", "priority: 3", type: "append"),
        ])
        #expect(try lists.decide(Self.commit).setting("s") == "[\"one\",\"two\",\"three\",\"four\"]")
        let maps = try Orchard(rules: [
            set("a", "{a: 1, deep: {x: 1}}", "priority: 1", type: "merge"),
            set("b", "{b: 2, deep: {y: 2}}", "priority: 2", type: "merge"),
        ])
        #expect(try maps.decide(Self.commit).setting("s") == "{\"a\":1,\"b\":2,\"deep\":{\"x\":1,\"y\":2}}")
    }

    @Test("A block with priority 500 is a veto against a set with priority 750")
    func veto() throws {
        for condition in ["conditions: [{field: operation_type, operator: eq, value: deploy}]", "conditions: []"] {
            let orchard = try Orchard(rules: [
                set("go", "go", "priority: 750"),
                "id: stop, name: Stop it, priority: 500, \(condition), actions: [{action_type: block, target: s, value: true}]",
            ])
            let decision = try orchard.decide("{\"event\":\"operation\",\"name\":\"deploy\"}")
            #expect(!decision.allowed && decision.rule?.id == "stop" && decision.message == "Stop it")
            let read = try orchard.decide("{\"event\":\"operation\",\"name\":\"read\"}")
            #expect(read.allowed == condition.contains("deploy"))
            #expect(orchard.imported.rules[1].warnings.isEmpty == condition.contains("deploy"))
        }
    }

    @Test("A block that says false blocks nothing")
    func blockFalse() throws {
        let orchard = try Orchard(rules: ["id: r, name: r, actions: [{action_type: block, target: x, value: false}]"])
        #expect(try orchard.decide(Self.commit).allowed)
    }

    @Test("A check alone warns where it fails and is silent elsewhere; its patterns search everywhere")
    func validate() throws {
        let orchard = try Orchard(rules: [
            "id: r, name: r, actions: [{action_type: validate, target: code_content, value: tidy, parameters: {patterns: [todo], message: Tidy up}}]"
        ])
        let bad = try orchard.decide("{\"event\":\"commit\",\"content\":\"a TODO is left\"}")
        #expect(bad.effect == .warn && bad.allowed && bad.message == "Tidy up")
        #expect(try orchard.decide("{\"event\":\"commit\",\"content\":\"done\"}").effect == .allow)
        #expect(try orchard.decide(Self.commit).matched.isEmpty)
    }

    @Test("Texts are transformed where Hive can, and whoever asks is told to where it cannot")
    func transform() throws {
        let orchard = try Orchard(rules: [
            "id: t, name: t, actions: [{action_type: transform, target: content, value: redact, parameters: {pattern: '[0-9]{4}', replacement: '####'}}, {action_type: transform, target: content, value: lowercase}]",
            "id: o, name: o, actions: [{action_type: transform, target: tone, value: kind, parameters: {level: 1}}]",
        ])
        let decision = try orchard.decide("{\"event\":\"commit\",\"content\":\"Pin 1234\"}")
        #expect(decision.effect == .transform && decision.allowed)
        #expect(decision.transformed["content"].map(JSONText.render) == "\"pin ####\"")
        #expect(
            decision.setting("transform") == "[{\"parameters\":{\"level\":1},\"target\":\"tone\",\"value\":\"kind\"}]")
        #expect(try orchard.decide(Self.commit).effect == .allow)
        #expect(try orchard.decide("{\"event\":\"commit\",\"content\":\"clean\"}").transformed.isEmpty)
    }

    @Test("What a rule invokes is told to whoever asks, all of it")
    func invoke() throws {
        let orchard = try Orchard(rules: [
            "id: a, name: a, priority: 2, actions: [{action_type: invoke, target: audit, value: now}, {action_type: invoke, target: page}]",
            "id: b, name: b, priority: 1, actions: [{action_type: invoke, target: log, parameters: {level: 2}}]",
        ])
        #expect(
            try orchard.decide(Self.commit).setting("invoke")
                == "[{\"parameters\":{\"level\":2},\"target\":\"log\",\"value\":null},{\"parameters\":{},\"target\":\"audit\",\"value\":\"now\"},{\"parameters\":{},\"target\":\"page\",\"value\":null}]"
        )
    }

    @Test("A rule with settings and a veto stays one rule: its settings hold where nothing is vetoed")
    func mixed() throws {
        let orchard = try Orchard(rules: [
            "id: r, name: r, actions: [{action_type: set, target: author, value: Quince}, {action_type: block, target: ai_attribution, value: true}]"
        ])
        let good = try orchard.decide("{\"event\":\"commit\",\"content\":\"fix\"}")
        #expect(good.allowed && good.setting("author") == "\"Quince\"" && good.matched.map(\.effect) == [.set])
        let bad = try orchard.decide("{\"event\":\"commit\",\"content\":\"fix\\n\\nCo-Authored-By: Claude <x@y>\"}")
        #expect(!bad.allowed && bad.rule?.id == "r")
    }

    @Test(
        "Strategies: the narrowest, the latest, the most common, the one that overrides",
        arguments: [
            ("highest_priority", "\"w\""), ("most_specific", "\"s\""), ("latest_created", "\"m\""),
            ("consensus", "\"c\""), ("override", "\"w\""),
        ])
    func strategies(strategy: String, expected: String) throws {
        let anywhere = "conditions: [{field: session_id, operator: ne, value: x}]"
        let orchard = try Orchard(rules: [
            set("w", "w", "priority: 900, created_at: 2026-01-01, conflict_resolution: \(strategy)"),
            set("s", "s", "priority: 10, scope: session, created_at: 2026-01-02, \(anywhere)"),
            set("m", "m", "priority: 20, created_at: \"2026-01-09T00:00:00.123456\""),
            set("c1", "c", "priority: 30, created_at: 2026-01-03"),
            set("c2", "c", "priority: 40, created_at: 2026-01-04"),
        ])
        #expect(try orchard.decide(Self.commit).setting("s") == expected)
    }

    @Test("An override of a project wins over what it overrides, at the same priority")
    func override() throws {
        let orchard = try Orchard(
            rules: [
                set("code-001", "false", "priority: 750"),
                set("zz", "true", "priority: 750, scope: project, conflict_resolution: override"),
            ], more: "assignments: [{rule_id: zz, scope_type: project, scope_id: p}]\n")
        #expect(try orchard.decide("{\"event\":\"commit\",\"project\":\"p\"}").setting("s") == "true")
        #expect(try orchard.decide(Self.commit).setting("s") == "false")
    }

    @Test(
        "A child has its parent's conditions beside its own, and the parent's actions where it has none for the target")
    func inheritance() throws {
        let orchard = try Orchard(rules: [
            "id: base, name: base, status: inactive, effective_until: 2020-01-01, conditions: [{field: t, operator: eq, value: 1}], actions: [{action_type: set, target: a, value: base}, {action_type: set, target: b, value: base}, {action_type: block, target: x, value: true}]",
            "id: child, name: child, parent_rule_id: base, conditions: [{field: u, operator: eq, value: 1}], actions: [{action_type: set, target: b, value: child}, {action_type: block, target: x, value: false}]",
        ])
        let both = try orchard.decide("{\"event\":\"commit\",\"args\":{\"t\":1,\"u\":1}}")
        #expect(both.setting("a") == "\"base\"" && both.setting("b") == "\"child\"" && both.allowed)
        #expect(try orchard.decide("{\"event\":\"commit\",\"args\":{\"u\":1}}").settings.isEmpty)
        #expect(orchard.law.rules.first { $0.name == "child" }?.resolution == ["child", "base"])
    }

    @Test("A child that does something else than its parent does not do both")
    func otherEffect() throws {
        let orchard = try Orchard(rules: [
            "id: base, name: base, actions: [{action_type: transform, target: content, value: lowercase}]",
            "id: child, name: child, parent_rule_id: base, actions: [{action_type: set, target: content, value: 1}]",
        ])
        #expect(orchard.law.rules.first { $0.name == "child" }?.effect == .set)
        #expect(try orchard.decide("{\"event\":\"commit\",\"content\":\"A\"}").transformed.count == 1)
    }

    @Test("What replaces a rule lifts it where it applies, where it is as wide")
    func replaces() throws {
        let orchard = try Orchard(
            rules: [
                set("new", "new", "priority: 10, conditions: [{field: t, operator: eq, value: 1}]"),
                set("old", "old", "priority: 900"),
            ], more: "dependencies: [{rule_id: new, depends_on_rule_id: old, dependency_type: replaces}]\n")
        #expect(try orchard.decide("{\"event\":\"commit\",\"args\":{\"t\":1}}").setting("s") == "\"new\"")
        #expect(try orchard.decide(Self.commit).setting("s") == "\"old\"")
    }

    @Test("Whatever is asked, the index finds what asking every rule finds")
    func index() throws {
        let orchard = try Orchard(Fixtures.set)
        for json in [
            Self.commit, "{\"event\":\"commit\",\"project\":\"Press\",\"agent\":{\"name\":\"rev-1\"}}",
            "{\"event\":\"operation\",\"name\":\"deploy\",\"args\":{\"task_type\":\"writing\"}}",
        ] {
            let input = try Law.input(json)
            let fast = orchard.law.decide(input, now: Orchard.now)
            let slow = orchard.law.decideNaively(input, now: Orchard.now)
            #expect(fast.matched == slow.matched && fast.shadow == slow.shadow)
            #expect(JSONText.render(.map(ValueMap(fast.settings))) == JSONText.render(.map(ValueMap(slow.settings))))
        }
    }

    @Test("Settings of the complete set come from everywhere that applies")
    func completeSet() throws {
        let orchard = try Orchard(Fixtures.set)
        let decision = try orchard.decide(
            "{\"event\":\"tool.pre\",\"tool\":\"Read\",\"project\":\"Press\",\"agent\":{\"name\":\"rev-1\"}}")
        #expect(decision.allowed && decision.errors.isEmpty)
        #expect(decision.setting("signatures") == "[\"brief\",\"pq\"]")
        #expect(
            decision.setting("limits") == "{\"cpu\":2,\"memory\":1}"
                || decision.setting("limits") == "{\"memory\":1,\"cpu\":2}")
        #expect(decision.setting("logging_level") == "\"debug\"")
        #expect(decision.setting("invoke")?.contains("audit_log") == true)
        let elsewhere = try orchard.decide("{\"event\":\"tool.pre\",\"tool\":\"Read\",\"project\":\"Barn\"}")
        #expect(elsewhere.setting("logging_level") == nil && elsewhere.setting("tool_use") == nil)
        let late = try orchard.decide(
            "{\"event\":\"tool.pre\",\"tool\":\"Read\",\"agent\":{\"name\":\"rev-1\"}}", now: 1_797_000_000_000)
        #expect(late.setting("tool_use") == nil)
    }
}
