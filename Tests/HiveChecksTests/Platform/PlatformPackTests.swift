import HiveChecks
import HivePacks
import HiveRules
import Testing

@Suite struct PlatformPackTests {
    @Test("Every case beside the rules of the pack passes")
    func cases() throws {
        let outcomes = RuleTester.run(try Package.platform(), now: 0)
        #expect(outcomes.count > 250)
        for outcome in outcomes {
            #expect(outcome.failure == nil, "\(outcome.location): \(outcome.rule), \(outcome.test)")
        }
    }

    @Test("The cases exercise every rule and every part of every condition")
    func coverage() throws {
        let coverage = RuleCoverage.measure(try Package.platform(), now: 0)
        for entry in coverage.rules { #expect(entry.missing.isEmpty, "\(entry.rule): \(entry.missing)") }
        #expect(coverage.percent == 100)
    }

    @Test("Every numbered rule of the document has checks, each with a description and a remediation")
    func numbers() throws {
        let rules = try Package.platform().rules
        #expect(Set(rules.compactMap { $0.labels["rule"] }) == Set(([1, 2, 3] + Array(17...30)).map(String.init)))
        for rule in rules {
            #expect(rule.description?.isEmpty == false && rule.remediation?.isEmpty == false, "\(rule.name)")
        }
    }

    @Test("An exception in a folder of the pack's name excuses one file, until it ends")
    func exception() throws {
        let exception = RuleFiles.Source(
            path: "rules/platform/exceptions.yaml",
            text: """
                apiVersion: hive/v1
                kind: RuleException
                metadata: {name: glossary-names-the-words}
                spec:
                  rules: [no-banned-terms]
                  match: {paths: [Docs/glossary.md]}
                  reason: It explains what the words mean.
                  effective: {until: 2027-06-30}
                """)
        let pack = try #require(Pack.named("platform"))
        let law = try CompiledRuleSet.compile(try RuleFiles.load(pack.sources + [exception]), label: "excused")
        let words = Array("no magic here\n".utf8)
        let files = ["Docs/glossary.md", "Docs/other.md"].map { SourceFile(path: $0, bytes: words) }
        func paths(at now: Int64) -> [String] {
            ManifestCheck.run(files: files, law: law, now: now).filter { $0.rule == "no-banned-terms" }
                .flatMap(\.evidence).map(\.path)
        }
        #expect(paths(at: 0) == ["Docs/other.md"])
        #expect(paths(at: 2_000_000_000_000) == ["Docs/glossary.md", "Docs/other.md"])
    }
}
