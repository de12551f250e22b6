import HiveCEL
import HiveRules
import Testing

/// Rules against other rules, and against what was decided.
@Suite struct ComparisonTests {
    private let old = Law.rule("r", "match: {tools: [Bash]}, when: \"git.branch in ['main']\", effect: deny")
    private let new = Law.rule("r", "match: {tools: [Bash]}, when: \"git.branch in ['main', 'release']\", effect: deny")

    @Test("Inputs made from the rules show what a change does")
    func generated() throws {
        let before = try Law.compile([old])
        let after = try Law.compile([new])
        let inputs = InputGenerator.inputs(for: [before, after])
        let comparison = LawComparison.compare(before, after, inputs: inputs, now: 0)
        #expect(comparison.groups.map { "\($0.before) → \($0.after)" } == ["allow → deny by `r`"])
        #expect(comparison.differences.allSatisfy { JSONText.render($0.input).contains("\"branch\":\"release\"") })
        #expect(LawComparison.compare(before, before, inputs: inputs, now: 0).differences.isEmpty)
        #expect(inputs.map(JSONText.render) == InputGenerator.inputs(for: [before, after]).map(JSONText.render))
    }

    @Test("Made inputs stay within their limit and cover every guard")
    func limits() throws {
        let rules = (0..<50).map {
            Law.rule("r\($0)", "when: tool == 't\($0)' && git.branch == 'b\($0)', effect: deny")
        }
        let law = try Law.compile(rules)
        #expect(InputGenerator.inputs(for: [law], limit: 100).count == 100)
        let found = Set(
            InputGenerator.inputs(for: [law]).compactMap { input -> String? in
                do { return law.decide(try DecisionInput(input), now: 0).rule?.id } catch { return nil }
            })
        #expect(found.count == 50)
    }

    @Test("A field that a new schema lacks is a difference")
    func schemas() throws {
        let schema = "apiVersion: hive/v1\nkind: EventSchema\nmetadata: {name: e}\nspec: {events: {deploy: {}}}\n"
        let inputs = [try JSONText.parse("{\"event\":\"deploy\"}")]
        let comparison = LawComparison.compare(try Law.compile([schema]), try Law.compile([]), inputs: inputs, now: 0)
        #expect(comparison.differences.map(\.after.effect) == ["refused"])
    }

    @Test("Recorded decisions are counted by rule and by agent")
    func replay() throws {
        func record(_ agent: String, _ branch: String, _ effect: String, _ rule: String?) -> String {
            let reference = rule.map { "{\"id\":\"\($0)\",\"version\":1}" } ?? "null"
            return
                "{\"input\":{\"event\":\"tool.pre\",\"tool\":\"Bash\",\"agent\":{\"name\":\"\(agent)\"},\"git\":{\"branch\":\"\(branch)\"}},\"decision\":{\"effect\":\"\(effect)\",\"rule\":\(reference)},\"time\":\"2026-01-01T00:00:00Z\"}"
        }
        let lines = [
            record("ann", "main", "deny", "r"), record("ann", "release", "allow", nil),
            record("bo", "topic", "allow", nil),
            record("bo", "topic", "deny", "gone"), "", "nonsense", "{\"input\":{}}",
        ]
        let replay = Replay.run(lines, against: try Law.compile([new]), now: 0)
        #expect(replay.total == 4)
        #expect(replay.unreadable.map(\.line) == [6, 7])
        #expect(
            replay.changes.map { "\($0.line) \($0.agent): \($0.before) → \($0.after)" } == [
                "2 ann: allow → deny by `r`", "4 bo: deny by `gone` → allow",
            ])
        #expect(
            replay.byAgent.map { [$0.total, $0.changed, $0.stricter, $0.looser] } == [[2, 1, 1, 0], [2, 1, 0, 1]])
        #expect(replay.byRule.map(\.name) == ["none", "gone", "r"])
    }
}
