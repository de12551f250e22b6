import HiveCEL
@testable import HiveRules
import Testing

/// The way back.
@Suite struct ExportTests {
    private func rules(_ imported: HAIveMindImport) throws -> [Rule] {
        try RuleFiles.load(imported.rules.map { .init(path: "s/\($0.name).yaml", text: $0.text) }).rules
    }

    /// Assignments and dependencies are relations: their order says nothing.
    private func canonical(_ set: HAIveMindRuleSet) -> Value {
        var set = set
        set.assignments.sort { JSONText.render($0.value) < JSONText.render($1.value) }
        set.dependencies.sort { JSONText.render($0.value) < JSONText.render($1.value) }
        return set.value
    }

    private func roundTrip(_ original: HAIveMindRuleSet, _ format: HAIveMindExport.Format, _ note: Comment) throws {
        let export = try HAIveMindExport(try rules(try HAIveMindImport(original)))
        #expect(export.refusals.isEmpty, note)
        let again = try HAIveMindReader.read(.init(path: "again", text: export.text(format)))
        let same = canonical(again).equals(canonical(original))
        #expect(same, note)
    }

    @Test(
        "What was imported is exported as it was", arguments: [Fixtures.set, Fixtures.defaults, Fixtures.single])
    func identity(text: String) throws {
        let original = try HAIveMindReader.read(.init(path: "f", text: text))
        try roundTrip(original, .yaml, "yaml")
        try roundTrip(original, .json, "json")
    }

    @Test("So are sets that nobody wrote, whatever is in them")
    func generatedSets() throws {
        for seed in 0..<40 {
            var random = SeededGenerator(seed: UInt64(seed))
            let text = GeneratedSet.document(&random)
            let original = try HAIveMindReader.read(.init(path: "seed \(seed)", text: text))
            try roundTrip(original, random.chance(50) ? .yaml : .json, "seed \(seed)")
        }
    }

    @Test("What was changed since is exported with the change, where the format has a word for it")
    func changes() throws {
        var documents = try HAIveMindImport.read(.init(path: "f", text: Fixtures.set)).rules.map(\.text)
        documents[4] = documents[4].replacing("  priority: 500", with: "  priority: 777")
        documents[0] = documents[0].replacing("enforcement: enforce", with: "enforcement: shadow")
        documents[3] = documents[3].replacing("enforcement: enforce", with: "enforcement: disabled")
        documents[5] = documents[5].replacing("value: debug\n    - effect", with: "value: trace\n    - effect")
        let export = try HAIveMindExport(try Law.load(documents).rules)
        #expect(export.set.rules.first { $0.id == "brief-001" }?.priority == 777)
        #expect(export.set.rules.first { $0.id == "own-001" }?.status == .testing)
        #expect(export.set.rules.first { $0.id == "style-001" }?.status == .inactive)
        #expect(export.refusals.map(\.rule) == ["log-001"])
        #expect(export.refusals[0].reason.contains("spec.settings"))
        #expect(export.set.rules.count == 7)
    }

    @Test("Rules of Hive's own are exported where the format has words for them, and refused by name where not")
    func native() throws {
        let documents = [
            Law.rule(
                "a", "effect: set, priority: 7, setting: {name: s, value: [1]}, match: {projects: [p], roles: [r, q]}"),
            Law.rule("b", "effect: deny, message: \"'no'\", match: {tools: [Bash]}, overrides: [a]"),
            Law.rule("c", "effect: deny, when: tool == 'x'"), Law.rule("d", "effect: warn"),
            Law.rule("e", "effect: deny, match: {paths: ['*.md'], tools: ['B*']}"),
            Law.rule("f", "effect: deny, enforcement: warn"),
        ]
        let export = try HAIveMindExport(try Law.load(documents).rules, timestamp: "2026-01-01T00:00:00Z")
        #expect(export.set.rules.map(\.id) == ["a", "b"])
        #expect(export.refusals.map(\.rule) == ["c", "d", "e", "f"])
        #expect(export.refusals[2].reason.contains("match.paths") && export.refusals[2].reason.contains("match.tools"))
        let orchard = try Orchard(export.text(.yaml))
        let question = "{\"event\":\"tool.pre\",\"tool\":\"Bash\",\"project\":\"p\",\"agent\":{\"roles\":[\"q\"]}}"
        let before = try Law.compile(Array(documents.prefix(2))).decide(try Law.input(question), now: 0)
        let after = try orchard.decide(question)
        #expect(!after.allowed && after.message == "no" && after.rule?.id == before.rule?.id)
        #expect(after.setting("s") == before.setting("s"))
        #expect(try orchard.decide("{\"event\":\"tool.pre\",\"tool\":\"Read\"}").allowed)
    }

    @Test("A child without its parent is refused as such")
    func missingParent() throws {
        let documents = try HAIveMindImport.read(
            .init(
                path: "f",
                text: """
                    rules:
                      - {id: p, name: p, actions: [{action_type: set, target: t, value: 1}]}
                      - {id: c, name: c, parent_rule_id: p, actions: [{action_type: set, target: u, value: 1}]}
                    """)
        ).rules.map(\.text)
        #expect(throws: HAIveMindFailure.self) { try HAIveMindExport(try Law.load([documents[1]]).rules) }
    }

    @Test("YAML that is written is read as the same value", arguments: 0..<40)
    func yamlText(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            let value = Value.map(ValueMap(["x": GeneratedSet.value(&random, depth: 3)]))
            let text = YAMLText.text(value)
            let node = try #require(try YAMLComposer(path: "x", text: text, lineOffset: 0).compose())
            let again = try YAMLValue.value(node, at: RuleLocation(path: "x", line: 1, column: 1))
            let same = again.equals(value)
            #expect(same, "\(text)")
        }
    }
}
