import HiveChecks
import HiveRules
import Testing

/// The projects under Examples/platform: one that keeps every rule, one that breaks every rule, and the numbers of the
/// document that the rules come from.
@Suite struct PlatformExampleTests {
    private func check(_ project: String) throws -> [CheckResult] {
        ManifestCheck.run(
            files: try Package.files(below: "Examples/platform/\(project)"), law: try Package.platform(), now: 0)
    }

    @Test("The sound project keeps every rule")
    func sound() throws {
        let results = try check("sound")
        for result in results { #expect(result.verdict == .pass, "\(result.rule): \(result.evidence)") }
        #expect(CheckScore(results).share == 1)
    }

    @Test("The broken project breaks every rule, and each result says where")
    func broken() throws {
        for result in try check("broken") {
            #expect(result.verdict == .fail, "\(result.rule): \(result.message) \(result.evidence)")
            #expect(!result.remediation.isEmpty && !result.evidence.isEmpty, "\(result.rule)")
            for evidence in result.evidence {
                #expect(evidence.line > 0 && !evidence.path.isEmpty)
                #expect(!evidence.text.contains("cannot be evaluated"), "\(result.rule): \(evidence.text)")
            }
        }
    }

    @Test(
        "The document contradicts itself",
        arguments: [
            ("phase-memory-fits", "the phases together have 36 GiB, the machine 29"),
            ("phase-processors-fit", "the phases together have 18 processors, the machine 12"),
            ("pools-fit-memory", "the pools together have 29.38 GiB, the machine 29"),
            (
                "agents-fit-phase-memory",
                "critical: 20 agents need 80 GiB of 16; performance: 100 agents need 200 GiB of 12; "
                    + "specialized: 180 agents need 180 GiB of 8"
            ),
            (
                "agents-fit-phase-processors",
                "critical: 20 agents need 40 processors of 8; performance: 100 agents need 100 processors of 6; "
                    + "specialized: 180 agents need 90 processors of 4"
            ),
            (
                "pools-grant-agent-limits",
                "agents may use more than their pool gives each: agent_critical gives 0.5 GiB; "
                    + "agent_standard gives 0.25 GiB"
            ),
            ("port-ranges-agree", "the platform has ports 10000-10599, its phases 10300-10599"),
            ("every-agent-has-a-container", "69 agents in 34 containers"),
        ])
    func contradictions(rule: String, message: String) throws {
        let result = try #require(try check("document").first { $0.rule == rule })
        #expect(result.verdict == .fail)
        #expect(result.message == message)
    }

    @Test("The document fails its own scan for words, line by line")
    func words() throws {
        let result = try #require(try check("document").first { $0.rule == "no-banned-terms" })
        #expect(result.evidence.map(\.line) == [4, 5, 7])
        #expect(result.evidence.allSatisfy { $0.path == "rules.md" })
    }

    @Test("What the files have nothing of is not counted, and what nobody measured is not passed")
    func score() throws {
        let results = try check("document")
        let score = CheckScore(results)
        let measured = results.filter { $0.rule == "uptime-is-kept" }
        #expect(measured.map(\.verdict) == [.notMeasured])
        #expect(score.notMeasured == 10)
        #expect(score.measured == score.passed + score.failed)
        #expect(score.measured + score.notApplicable + score.notMeasured == results.count)
        #expect(CheckScore([]).share == nil)
    }
}
