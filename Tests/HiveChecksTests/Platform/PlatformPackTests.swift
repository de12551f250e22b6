import HiveChecks
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
}
