import HiveRules
import Testing

/// What is questionable is found, and nothing else.
@Suite struct RuleLinterTests {
    private func codes(_ documents: [String]) throws -> Set<String> {
        Set(RuleLinter.lint(try Law.compile(documents), now: 1_800_000_000_000).map { "\($0.rule) \($0.code)" })
    }

    @Test(
        "Each kind of finding",
        arguments: [
            ("effect: deny", "no-tests"), ("effect: deny", "no-message"), ("effect: deny", "no-remediation"),
            ("effect: warn", "unindexed"), ("effect: warn, effective: {until: 2001-01-01}", "expired"),
            ("effect: warn, effective: {from: 2040-01-01, until: 2039-01-01}", "unreachable"),
            ("effect: warn, when: \"false\"", "unreachable"),
            ("effect: warn, when: params.a > 2, params: {a: 1}", "unreachable"),
            ("effect: warn, when: 1 < 2", "constant"), ("effect: warn, when: params.b == 1", "constant"),
            ("effect: warn, when: tool == 'A' && tool == 'B'", "unreachable"),
            ("effect: warn, match: {tools: [A]}, when: tool.startsWith('B')", "unreachable"),
            ("effect: warn, when: cmd.program == 'rm' && cmd.program == 'ls'", "unreachable"),
            ("effect: warn, params: {a: 1}", "unused"), ("effect: warn, variables: {a: \"1\"}", "unused"),
            ("effect: allow, overrides: [nobody]", "unknown-override"),
            ("effect: warn, when: content.matches('.*x')", "regex-cost"),
            ("effect: warn, when: \"content.matches('(a{50}){50}')\"", "regex-cost"),
        ] as [(String, String)])
    func findings(spec: String, code: String) throws {
        let found = try codes([Law.rule("r", spec)])
        #expect(found.contains("r \(code)"), "\(spec): \(found)")
    }

    @Test("Rules that repeat, contradict, hide or tie with each other")
    func pairs() throws {
        let base = "match: {events: [commit]}, when: size(content) > 3"
        #expect(
            try codes([Law.rule("a", "\(base), effect: deny"), Law.rule("b", "\(base), effect: deny")]).contains(
                "b duplicate"))
        #expect(
            try codes([Law.rule("a", "\(base), effect: deny"), Law.rule("b", "\(base), effect: allow")]).contains(
                "b contradiction"))
        let wide = Law.rule("a", "match: {tools: [\"B*\", Edit]}, effect: deny")
        #expect(
            try codes([
                wide,
                Law.rule("b", "match: {tools: [Bash], events: [tool.pre]}, when: size(content) > 3, effect: warn"),
            ]).contains("b shadowed"))
        #expect(try !codes([wide, Law.rule("b", "match: {tools: [Bash, Read]}, effect: warn")]).contains("b shadowed"))
        func setting(_ name: String, _ value: Int, _ more: String) -> String {
            Law.rule(name, "effect: set, setting: {name: s, value: \(value)}, \(more)")
        }
        #expect(
            try codes([setting("a", 1, "match: {tools: [A]}"), setting("b", 2, "match: {events: [commit]}")]).contains(
                "b equal-rank"))
        #expect(
            try !codes([setting("a", 1, "match: {tools: [A]}"), setting("b", 2, "match: {tools: [B]}")]).contains(
                "b equal-rank"))
        #expect(try !codes([setting("a", 1, "priority: 1"), setting("b", 2, "priority: 2")]).contains("b equal-rank"))
    }

    @Test("A field that the event never has, and an exception that is over")
    func documents() throws {
        let schema =
            "apiVersion: hive/v1\nkind: EventSchema\nmetadata: {name: e}\nspec: {events: {deploy: {fields: {env: string}}}}\n"
        #expect(
            try codes([schema, Law.rule("r", "match: {events: [commit]}, when: env == 'x', effect: warn")]).contains(
                "r absent-field"))
        let exception = Law.exception("e", "rules: [r], reason: x, effective: {until: 2001-01-01}")
        #expect(try codes([Law.rule("r", "effect: warn"), exception]).contains("e expired"))
    }

    @Test("Characters that a pattern names by number repeat nothing")
    func escapes() throws {
        let rule = Law.rule("r", "effect: warn, when: \"content.matches(r'[\\\\x{2705}\\\\x{1F300}]|\\\\p{Greek}')\"")
        #expect(try !codes([rule]).contains("r regex-cost"))
    }

    @Test("A good rule is left in peace")
    func peace() throws {
        let rule = Law.rule(
            "r",
            "match: {events: [tool.pre], tools: [Bash]}, when: cmd.hasFlag('--force') && git.branch in params.p, params: {p: [main]}, effect: deny, message: \"'no'\", remediation: wait",
            more: """
                tests:
                  - {name: yes, input: {event: tool.pre, tool: Bash, command: git push --force, git: {branch: main}}, expect: {effect: deny}}
                  - {name: no, input: {event: tool.pre, tool: Bash, command: git push, git: {branch: main}}, expect: {effect: allow}}
                """)
        #expect(try codes([rule]) == [])
    }

    @Test("Everything that keeps files from being compiled is told at once")
    func errors() {
        func errors(_ documents: [String]) -> [String] {
            RuleErrors.all(in: [.init(path: "f.yaml", text: documents.joined(separator: "---\n"))]).map(\.message)
        }
        let unparsed = errors([
            Law.rule("a", "effect: den"), Law.rule("b", "effect: deny"), Law.rule("c", "effekt: deny"),
        ])
        #expect(unparsed.count == 2)
        #expect(unparsed[0].contains("den"))
        let uncompiled = errors([
            Law.rule("a", "effect: deny, when: x == 1"), Law.rule("b", "effect: deny, when: y == 1"),
        ])
        #expect(uncompiled.map { $0.contains("`x`") || $0.contains("`y`") } == [true, true])
        #expect(errors([Law.rule("a", "effect: deny"), Law.rule("a", "effect: deny")]).count == 1)
        #expect(errors([Law.exception("e", "rules: [x], reason: y, effective: {until: 2030-01-01}")]).count == 1)
        #expect(errors([Law.rule("a", "effect: deny")]) == [])
    }
}
