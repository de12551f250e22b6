import HiveCEL
@testable import HiveRules
import Testing

/// Cases beside rules: run, counted, reported.
@Suite struct RuleTesterTests {
    private func law(_ tests: String, when: String = "tool == 'Bash' && git.branch in ['main', 'release']") throws
        -> CompiledRuleSet
    {
        try Law.compile([Law.rule("r", "when: \"\(when)\", effect: deny, message: \"'no'\"", more: "tests:\n" + tests)])
    }

    @Test("A case may ask for effect, rule, matches, message and time, and says what is different")
    func expectations() throws {
        let input = "input: {event: tool.pre, tool: Bash, git: {branch: main}}"
        let law = try law(
            """
              - {name: good, \(input), expect: {effect: deny, rule: r, matched: [r], message: "no", allowed: false}}
              - {name: effect, \(input), expect: {effect: allow}}
              - {name: rule, \(input), expect: {rule: other}}
              - {name: none, \(input), expect: {rule: ""}}
              - {name: matched, \(input), expect: {matched: [other]}}
              - {name: message, \(input), expect: {message: "yes"}}
              - {name: settings, \(input), expect: {settings: {a: 1}}}
              - {name: refused, input: {event: nothing}, expect: {effect: deny}}

            """)
        let outcomes = RuleTester.run(law, now: 0)
        #expect(outcomes.map(\.failure).prefix(1) == [nil])
        let says = ["deny by `r`", "`r` did", "`r` did", "these did: r", "got no", "got nothing", "is refused"]
        for (outcome, text) in zip(outcomes.dropFirst(), says) {
            #expect(outcome.failure?.contains(text) == true, "\(outcome)")
        }
        #expect(outcomes[1].location.line == 7)
    }

    @Test("A case with rows stands for as many cases")
    func parameters() throws {
        let law = try law(
            """
              - name: denied on ${branch}
                each: [{branch: main, n: 1}, {branch: release, n: 2}]
                input: {event: tool.pre, tool: Bash, git: {branch: "${branch}"}, args: {n: "${n}", text: "n=${n}"}}
                expect: {effect: deny}
              - name: others
                each: [{branch: topic}]
                input: {event: tool.pre, tool: Bash, git: {branch: "${branch}"}}
                expect: {effect: allow}

            """)
        let cases = RuleTester.cases(of: law)
        #expect(cases.map(\.test.name) == ["denied on main", "denied on release", "others {\"branch\":\"topic\"}"])
        #expect(JSONText.render(cases[1].test.input).contains("{\"n\":2,\"text\":\"n=2\"}"))
        #expect(RuleTester.run(law, now: 0).allSatisfy { $0.failure == nil })
    }

    @Test("A case may have a time of its own")
    func time() throws {
        let law = try Law.compile([
            Law.rule(
                "r", "effect: deny, effective: {until: 2020-01-01}",
                more: """
                    tests:
                      - {name: before, at: 2019-12-31, input: {event: commit}, expect: {effect: deny}}
                      - {name: after, at: 2020-01-01, input: {event: commit}, expect: {effect: allow}}
                    """)
        ])
        #expect(RuleTester.run(law, now: 0).allSatisfy { $0.failure == nil })
    }

    @Test("Coverage counts what was seen of rules and of the parts of their conditions")
    func coverage() throws {
        let denied =
            "  - {name: a, input: {event: tool.pre, tool: Bash, git: {branch: main}}, expect: {effect: deny}}\n"
        let otherTool =
            "  - {name: b, input: {event: tool.pre, tool: Edit, git: {branch: main}}, expect: {effect: allow}}\n"
        let otherBranch =
            "  - {name: c, input: {event: tool.pre, tool: Bash, git: {branch: topic}}, expect: {effect: allow}}\n"
        let one = RuleCoverage.measure(try law(denied), now: 0)
        #expect(one.percent == 50)
        #expect(one.rules[0].missing.contains("no case in which it does not apply"))
        #expect(one.rules[0].missing.contains("`tool == \"Bash\"` is never false"))
        #expect(
            RuleCoverage.measure(try law(denied + otherTool), now: 0).rules[0].missing == [
                "`git.branch in [\"main\", \"release\"]` is never false"
            ])
        #expect(RuleCoverage.measure(try law(denied + otherTool + otherBranch), now: 0).percent == 100)
    }

    @Test("The JUnit report holds every case and keeps its texts harmless")
    func junit() {
        let location = RuleLocation(path: "a<b>.yaml", line: 3, column: 1)
        let report = JUnitReport.text([
            .init(rule: "r&d", test: "t\u{1}", failure: nil, location: location),
            .init(rule: "r&d", test: "u", failure: "\"x\" < y", location: location),
        ])
        #expect(report.contains("<testsuites name=\"rules\" tests=\"2\" failures=\"1\">"))
        #expect(report.contains("classname=\"r&amp;d\" name=\"t \" file=\"a&lt;b&gt;.yaml\" line=\"3\"/>"))
        #expect(report.contains("<failure message=\"&quot;x&quot; &lt; y\"/>"))
    }
}

/// How an embedder asserts decisions: the cases beside the rules, and cases in code.
@Suite struct EmbeddedPolicyTests {
    private static let law: CompiledRuleSet = {
        do {
            return try Law.compile([
                Law.rule(
                    "no-wipe", "when: cmd.program == 'rm' && cmd.hasFlag('-r'), effect: deny",
                    more:
                        "tests:\n  - {name: wipe, input: {event: tool.pre, command: rm -rf /}, expect: {effect: deny}}\n"
                )
            ])
        } catch {
            Issue.record("the law does not compile: \(error)")
            return .empty
        }
    }()

    @Test("The cases beside the rules pass", arguments: RuleTester.cases(of: law))
    func policy(policyCase: RuleCase) {
        #expect(policyCase.failure(in: Self.law, now: 0) == nil)
        #expect(policyCase.description.hasPrefix("no-wipe: wipe (set/rules.yaml:"))
    }

    @Test("Decisions are asserted in code", arguments: [("rm -rf x", false), ("ls", true)])
    func decisions(command: String, allowed: Bool) throws {
        #expect(Self.law.decide(try DecisionInput(Law.run(command)), now: 0).allowed == allowed)
    }
}
