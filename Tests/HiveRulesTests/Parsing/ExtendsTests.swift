import HiveCEL
import HiveRules
import Testing

/// Rules that take what they do not say from others.
@Suite struct ExtendsTests {
    @Test("The nearest rule that gives a key decides; parameters, variables and match are taken entry by entry")
    func inheritance() throws {
        let law = try Law.compile([
            Law.rule(
                "base",
                "abstract: true, effect: deny, priority: high, match: {events: [tool.pre], tools: [Bash]}, when: variables.both, params: {a: 1, b: 2}, variables: {first: params.a == 1, both: variables.first && params.b == 3}, message: \"'no'\""
            ),
            Law.rule("child", "extends: base, params: {b: 3}, match: {tools: [Edit]}, priority: 7"),
        ])
        #expect(law.rules.map(\.name) == ["child"])
        let rule = law.rules[0]
        #expect(rule.effect == .deny)
        #expect(rule.priority == 7)
        #expect(rule.match.events == ["tool.pre"])
        #expect(rule.match.tools == ["Edit"])
        #expect(rule.resolution == ["child", "base"])
        let decision = law.decide(try Law.input("{\"event\":\"tool.pre\",\"tool\":\"Edit\"}"), now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.message == "no")
    }

    @Test("In a diamond every rule comes before those that it extends")
    func diamond() throws {
        let law = try Law.compile([
            Law.rule("a", "effect: warn, priority: 1, remediation: a"), Law.rule("b", "extends: a, priority: 2"),
            Law.rule("c", "extends: a, priority: 3, remediation: c"), Law.rule("d", "extends: [b, c]"),
        ])
        let rule = try #require(law.rules.first { $0.name == "d" })
        #expect(rule.resolution == ["d", "b", "c", "a"])
        #expect(rule.priority == 2)
        #expect(rule.remediation == "c")
    }

    @Test("Circles and contradicting orders are refused and shown")
    func refusals() {
        let circle = Law.error([Law.rule("a", "extends: b"), Law.rule("b", "extends: c"), Law.rule("c", "extends: a")])
        #expect(circle?.message.contains("a → b → c → a") == true)
        #expect(Law.error([Law.rule("a", "extends: a, effect: deny")])?.message.contains("a → a") == true)
        let contradiction = Law.error([
            Law.rule("a", "effect: deny"), Law.rule("b", "effect: deny"), Law.rule("x", "extends: [a, b]"),
            Law.rule("y", "extends: [b, a]"), Law.rule("z", "extends: [x, y]"),
        ])
        #expect(contradiction?.message.contains("a before b") == true)
        #expect(Law.error([Law.rule("a", "effect: deny"), Law.rule("b", "extends: aa")])?.hint.contains("`a`") == true)
        #expect(
            Law.error([Law.rule("a", "abstract: true, priority: 3"), Law.rule("b", "extends: a")])?.message.contains(
                "b → a") == true)
    }
}
