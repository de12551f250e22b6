import HiveChecks
import Testing

/// What rules for manifests say, as findings.
@Suite struct GateManifestTests {
    private let rule = GateRule(id: "limits", number: 20, summary: "Everything is limited.", help: "Limit it.")
    private let other = GateRule(id: "health", number: 17, summary: "Everything is healthy.", help: "Ask it.")
    private let file = SourceFile(path: "compose.yml", bytes: Array("services:\n  web:\n    image: x\n  db:\n".utf8))

    private func run(
        _ results: [CheckResult], problems: [ReadingProblem] = [], selection: Set<String>? = nil,
        baseline: Baseline = .empty, file: SourceFile? = nil
    ) -> GateReport {
        let file = file ?? self.file
        var run = GateRun(configuration: GateConfiguration(), selection: selection, baseline: baseline)
        run.learn([rule, other])
        run.check(file)
        run.judge(results, problems: problems, of: [file])
        return run.report()
    }

    private func failure(_ evidence: [Evidence]) -> CheckResult {
        CheckResult(
            rule: "limits", number: 20, verdict: .fail, evidence: evidence, message: "not limited",
            remediation: "limit it")
    }

    @Test("Each piece of evidence is a finding at its line, after the name of the thing")
    func evidence() {
        let report = run([
            failure([
                Evidence(path: "compose.yml", line: 2, name: "web", text: "no limit"),
                Evidence(path: "compose.yml", line: 4, name: "db", text: "db has no limit"),
            ])
        ])
        #expect(report.open.map(\.message) == ["web: no limit", "db has no limit"])
        #expect(report.open.map(\.place.line) == [2, 4])
        #expect(report.open.map(\.excerpt.text) == ["web:", "db:"])
        #expect(Set(report.open.map(\.fingerprint)).count == 2)
    }

    @Test("Each verdict is counted as what it is, and a check without results is not applicable")
    func verdicts() {
        let report = run([
            CheckResult(
                rule: "limits", number: 20, verdict: .notMeasured, evidence: [], message: "", remediation: "")
        ])
        #expect(report.isClean)
        #expect(report.outcomes.suffix(2).map(\.verdict) == [.notMeasured, .notApplicable])
        #expect(report.count(.pass) == GateRule.builtIn.count)
    }

    @Test("A failure without evidence is a finding about no file")
    func withoutEvidence() {
        let report = run([failure([])])
        #expect(!report.isClean && report.open.map(\.path) == [""])
        #expect(HumanReport.text(report).hasPrefix("error: not limited (limits)"))
        #expect(SARIFReport.text(report, version: "1").contains("\"locations\":[]"))
    }

    @Test("A manifest that cannot be read is told of once, and what asked for it is not measured")
    func unread() {
        let problem = ReadingProblem("too many aliases", path: "compose.yml", line: 2, kinds: ["compose.service"])
        let evidence = Evidence(path: "compose.yml", line: 2, name: "", text: "too many aliases")
        let report = run([failure([evidence])], problems: [problem])
        #expect(report.open.map { "\($0.rule) \($0.place.line) \($0.message)" } == ["unreadable 2 too many aliases"])
        #expect(report.outcomes.first { $0.rule.id == "limits" }?.verdict == .notMeasured)
        let unknown = ReadingProblem("no YAML", path: "compose.yml", line: 2)
        #expect(run([], problems: [unknown]).isClean)
    }

    @Test("Checks that are not chosen or not known say nothing")
    func selection() {
        #expect(run([failure([])], selection: ["health"]).findings.isEmpty)
        let unknown = CheckResult(
            rule: "unknown", number: 1, verdict: .fail, evidence: [], message: "x", remediation: "")
        #expect(run([unknown]).findings.isEmpty)
    }

    @Test("They are excused and known like any other; then the check has passed this gate")
    func excused() {
        let finding = failure([Evidence(path: "compose.yml", line: 2, name: "web", text: "no limit")])
        let known = run([finding], baseline: run([finding]).baseline)
        #expect(known.isClean && known.outcomes.first { $0.rule.id == "limits" }?.verdict == .pass)
        let text = "services:\n  web: # hive:" + "allow limits it is a test\n"
        let excused = run([finding], file: SourceFile(path: "compose.yml", bytes: Array(text.utf8)))
        #expect(excused.isClean && excused.findings.count == 1)
    }

    @Test("A secret among the evidence is covered")
    func secret() {
        let evidence = Evidence(path: "compose.yml", line: 9, name: "web", text: GateFixture.secretLine)
        let report = run([failure([evidence])])
        #expect(report.open.first?.message.contains("[hidden]") == true)
        #expect(!HumanReport.text(report).contains("Qz7"))
        #expect(report.open.first?.place == .start(ofLine: 9))
    }

    @Test(
        "Manifests are known by their names",
        arguments: [
            ("docker-compose.yml", true), ("a/Dockerfile", true), ("Dockerfile.dev", true), ("Dockerfile.swift", false),
            ("dockerfile.md", false),
            ("x.py", false), ("x.md", false),
        ])
    func names(path: String, isManifest: Bool) {
        #expect(GateManifests.concern(SourceFile(path: path, bytes: [])) == isManifest)
    }

    @Test("The words of a file are judged only where that is asked for")
    func words() {
        let files = [SourceFile(path: "a.yml", bytes: Array("a: 1\n".utf8))]
        #expect(GateManifests.read(files, withText: false).manifests.isEmpty)
        #expect(!GateManifests.read(files, withText: true).manifests.isEmpty)
    }
}
