import HiveChecks
import HivePacks
import HiveRules
import Testing

/// Rule files without their cases.
@Suite struct RuleTextTests {
    @Test("Cases go, in whatever form, and nothing else does")
    func cases() {
        let text =
            "kind: Rule\nspec:\n  tests: kept\ntests:\n- name: a\n\n  x: 1\n  - y\n---\nkind: Rule\ntests: []\nspec: {}\n"
        #expect(
            RuleText.withoutTests(text)
                == "kind: Rule\nspec:\n  tests: kept\n\n\n\n\n\n---\nkind: Rule\n\nspec: {}\n")
    }

    @Test("The packs say the same without their cases", arguments: Pack.all.map(\.name))
    func packs(name: String) throws {
        let pack = try #require(Pack.named(name))
        let short = try RuleFiles.load(
            pack.sources.map { RuleFiles.Source(path: $0.path, text: RuleText.withoutTests($0.text)) })
        let whole = try pack.contents()
        #expect(short.rules.map(\.name) == whole.rules.map(\.name))
        #expect(short.rules.map(\.when) == whole.rules.map(\.when))
        #expect(short.rules.map(\.location) == whole.rules.map(\.location))
        #expect(short.rules.allSatisfy { $0.tests.isEmpty })
    }
}
