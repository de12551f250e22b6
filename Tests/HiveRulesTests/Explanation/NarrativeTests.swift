import HiveCEL
import HiveRules
import Testing

/// Explanations say why, above all why not.
@Suite struct NarrativeTests {
    private func reason(_ spec: String, _ json: String) throws -> String {
        let law = try Law.compile([Law.rule("r", spec)])
        return try #require(law.explain(try Law.input(json), now: 0).first)
    }

    private static let run =
        "{\"event\":\"tool.pre\",\"tool\":\"Bash\",\"command\":\"git push origin; ls\",\"git\":{\"branch\":\"topic\"}}"

    @Test(
        "A rule that does not apply says which part is not true, with its values",
        arguments: [
            ("match: {tools: [Edit]}, effect: deny", "tool is \"Bash\", not `Edit`"),
            ("match: {paths: [x]}, effect: deny", "path is not given, not `x`"),
            ("match: {commands: [\"rm*\"]}, effect: deny", "`git push origin` fits none of `rm*`"),
            (
                "when: git.branch == 'main' && tool == 'Bash', effect: deny",
                "`git.branch == \"main\"` is false; git.branch is \"topic\""
            ),
            (
                "when: cmd.hasFlag('-f') && git.branch == 'topic', effect: deny",
                "for `git push origin` `cmd.hasFlag(\"-f\")` is false"
            ),
            (
                "when: tool == 'Edit' || git.branch == 'main', effect: deny",
                "`tool == \"Edit\"` is false; tool is \"Bash\"; `git.branch == \"main\"` is false"
            ),
            ("when: \"!(tool == 'Bash')\", effect: deny", "`tool == \"Bash\"` is true; tool is \"Bash\""),
            ("when: git.branch == 'topic' && 1 / 0 == 1 && tool == 'x', effect: deny", "`tool == \"x\"` is false"),
            (
                "variables: {p: git.branch == 'main'}, when: variables.p, effect: deny",
                "`variables.p` is false; variables.p is false"
            ),
            ("when: cmd.program == 'rm', effective: {until: 1969-01-01}, effect: deny", "not in effect"),
        ] as [(String, String)])
    func whyNot(spec: String, expected: String) throws {
        let reason = try reason(spec, Self.run)
        #expect(reason.hasPrefix("r: does not apply (deny): "), "\(reason)")
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test("A rule that cannot be answered says so and what follows")
    func unanswerable() throws {
        let reason = try reason("when: git.repo == 'x', effect: deny", Self.run)
        #expect(reason.contains("cannot be answered (deny)"))
        #expect(reason.contains("counts as applying"))
    }

    @Test("The whole story begins with the decision and ends with every rule")
    func story() throws {
        let law = try Law.compile([
            Law.rule("a", "when: tool == 'Bash', effect: deny, message: \"'no'\", remediation: ask"),
            Law.rule("b", "extends: a, enforcement: shadow"), Law.rule("c", "effect: allow, match: {events: [commit]}"),
        ])
        let lines = law.narrate(try Law.input(Self.run), now: 0).lines
        #expect(lines[0] == "deny by `a` version 1: no")
        #expect(lines.contains("instead: ask"))
        #expect(lines.contains("because tool is \"Bash\""))
        #expect(lines.contains { $0.hasPrefix("- b: shadow (deny)") && $0.contains("b → a") })
        #expect(lines.last?.hasPrefix("- c: does not apply (allow)") == true)
    }
}
