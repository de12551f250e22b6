import HiveChecks
import HiveRules
import Testing

/// `.hive/check.yaml`.
@Suite struct GateConfigurationTests {
    private func parse(_ text: String) throws -> GateConfiguration {
        try GateConfigurationParser.parse(Array(text.utf8), path: "check.yaml")
    }

    @Test("Everything that can be said")
    func whole() throws {
        let configuration = try parse(
            """
            standardTerms: false
            terms:
              - {text: foo bar, wholeWord: false, caseSensitive: true, message: no foo, remediation: say baz,
                 include: [src/**], exclude: ["*.md"]}
            severities: {banned-terms: warning, secrets: off}
            packs: []
            rules: [rules]
            exclude: [vendor/, "*.lock"]
            maximumSize: 512KiB
            baseline: known.json
            """)
        #expect(configuration.terms.map(\.text) == ["foo bar"])
        #expect(configuration.severities == ["banned-terms": .warning, "secrets": .off])
        #expect(configuration.packs.isEmpty && configuration.rules == ["rules"])
        #expect(configuration.maximumSize == 512 << 10 && configuration.baseline == "known.json")
        let report = GateFixture.run(
            [("src/a.c", "xfoo barx FOO BAR\n"), ("src/a.md", "foo bar"), ("b.c", "foo bar")],
            configuration: configuration)
        #expect(report.open.map { "\($0.path) \($0.message), \($0.remediation)" } == ["src/a.c no foo, say baz"])
    }

    @Test("An empty file says nothing")
    func empty() throws {
        #expect(try parse("") == GateConfiguration())
        #expect(try parse("# nothing\n") == GateConfiguration())
        #expect(try parse("packs: []\n").terms == BannedTerm.standard)
    }

    @Test(
        "What is wrong is named with its place and advice",
        arguments: [
            ("term: []\n", "check.yaml:1:1: unknown key `term`; did you mean `terms`?"),
            ("terms:\n  - {txt: x}\n", "check.yaml:2:5: `text` is missing; add it"),
            ("severities: {secrets: high}\n", "is no secrets"),
            ("maximumSize: big\n", "`big` is no size; write 512KiB"),
            ("maximumSize: -1KiB\n", "is no size"),
            ("- a\n", "the configuration must be a mapping"),
            ("terms: [\n", "not valid YAML"),
            ("a: &x [1]\nb: [*x, *x]\n", "the alias `*x` is not supported"),
        ])
    func wrong(text: String, message: String) {
        do {
            _ = try parse(text)
            Issue.record("`\(text)` was accepted")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test("A configuration that is no text is refused with the place")
    func noText() {
        #expect(throws: RuleError.self) {
            try GateConfigurationParser.parse(Array("packs: []\n".utf8) + [0xFF], path: "check.yaml")
        }
    }

    @Test("Checks are chosen by id and by number, and the nearest is proposed")
    func catalog() throws {
        let catalog = GateCatalog(
            GateRule.builtIn + [GateRule(id: "ollama", number: 22, summary: "", help: "")])
        #expect(try catalog.ids(for: "22") == ["ollama"])
        #expect(try catalog.ids(for: "1") == ["banned-terms"])
        #expect(try catalog.ids(for: "secrets") == ["secrets"])
        let error = #expect(throws: GateCatalog.UnknownRule.self) { try catalog.ids(for: "secret") }
        #expect(error?.suggestion == "did you mean `secrets`?")
        #expect(throws: GateCatalog.UnknownRule.self) { try catalog.require("22") }
    }
}
