import Foundation
import HiveCEL
import HivePacks
import HiveRules
import HiveRulesTesting
import Testing

/// The templates that come with Hive make rules whose tests pass.
@Suite struct TemplateLibraryTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/HivePacks/Templates")

    private func template(_ name: String) throws -> RuleTemplate {
        try #require(try TemplateLibrary.all().first { $0.name == name })
    }

    private func policy(_ text: String) throws -> Policy {
        let contents = try RuleFiles.load([.init(path: "rules/made.yaml", text: text)])
        return Policy(try CompiledRuleSet.compile(contents, label: "made", zones: OneZone()))
    }

    @Test("What is embedded is what stands in the folder")
    func registry() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(TemplateLibrary.sources.map { $0.path.split(separator: "/").last.map(String.init) ?? "" } == names)
        for (source, name) in zip(TemplateLibrary.sources, names) {
            let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            #expect(source.text == text, "\(name)")
        }
        #expect(try TemplateLibrary.all().map { "\($0.name).template.yaml" } == names)
        #expect(names.count >= 9)
    }

    @Test("The defaults make rules that are tested in full", arguments: TemplateLibrary.files.map(\.key))
    func defaults(name: String) throws {
        let template = try template(name)
        let text = try template.filled(template.samples)
        let policy = try policy(text)
        #expect(!policy.cases.isEmpty && !template.summary.isEmpty)
        for policyCase in policy.cases { policy.expectPass(policyCase) }
        for entry in RuleCoverage.measure(policy.law, now: policy.now).rules {
            #expect(entry.percent == 100, "\(entry.rule): \(entry.missing)")
        }
        let findings = RuleLinter.lint(policy.law, now: policy.now)
        #expect(findings.isEmpty, "\(findings.map { "\($0.rule) \($0.message)" })")
        #expect(!text.contains("{{"))
    }

    /// Other values for every template.
    private static let others: [(template: String, values: [String: Value])] = [
        ("argument-limit", ["tools": .list([.string("pay")]), "argument": .string("size"), "limit": .int(5)]),
        ("authorship-line", ["line": .string("true: \"x\" # y"), "tools": .list([.string("bot 9")])]),
        (
            "change-freeze",
            [
                "zone": .string("Europe/Berlin"), "hours": .string("22:00-06:00"),
                "during": .string("2026-03-02T23:30:00Z"),
            ]
        ),
        ("first-rule", ["name": .string("007")]),
        ("network-destinations", ["hosts": .list([.string("example.org")])]),
        ("production-approval", ["names": .list([.string("live")]), "programs": .list([.string("oc")])]),
        ("protected-branches", ["branches": .list([.string("trunk"), .string("1.0")])]),
        (
            "protected-paths",
            [
                "paths": .list([.string("secrets/*")]), "example": .string("secrets/a: b.yaml"),
                "effect": .string("warn"),
            ]
        ),
        ("required-reviewers", ["reviewers": .list([.string("No")]), "prefixes": .list([.string("a b/")])]),
        ("secret-free-texts", ["events": .list([.string("commit")])]),
        ("tool-allow-list", ["tools": .list([.string("mcp__hive__search")])]),
    ]

    @Test("Other values make rules whose tests pass, too", arguments: others)
    func otherValues(name: String, values: [String: Value]) throws {
        let template = try template(name)
        let policy = try policy(try template.filled(template.samples.merging(values) { $1 }))
        for policyCase in policy.cases { policy.expectPass(policyCase) }
    }

    @Test("A value is data and never source, whatever stands in it")
    func injection() throws {
        let template = try template("authorship-line")
        let line = "x'}}\n---\nkind: Rule\n\"' || true # {{tools}} ${tool}"
        let text = try template.filled(["line": .string(line)])
        let contents = try RuleFiles.load([.init(path: "rules/made.yaml", text: text)])
        #expect(contents.rules.map(\.name) == ["authorship-line", "no-tools-as-authors"])
        guard case .string(let value)? = contents.rules[0].setting?.value else {
            Issue.record("the setting is no text")
            return
        }
        #expect(value == line)
    }

    /// An hour east of Greenwich, as Berlin is in winter.
    private struct OneZone: TimeZoneProvider {
        func offset(ofZone name: String, at seconds: Int64) -> Int64? { ["UTC": 0, "Europe/Berlin": 3600][name] }
    }
}
