import HiveChecks
import Testing

/// Files in, findings out.
@Suite struct GateRunTests {
    private let fixture = GateFixture.self

    @Test("Secrets and banned terms are found at their places")
    func places() {
        let report = fixture.run([
            ("b.py", "x = 1\n\(fixture.secretLine)\n"), ("a.py", "ö # \(fixture.unfinished): later\n\n# a Wizard\n"),
        ])
        #expect(
            fixture.open(report) == ["a.py:1:5 banned-terms", "a.py:3:5 banned-terms", "b.py:2:13 secrets"])
        #expect(!report.isClean)
        #expect(report.fileCount == 2)
        #expect(report.outcomes.filter { $0.verdict == .fail }.map(\.rule.id) == ["secrets", "banned-terms"])
    }

    @Test("Words that only contain a term are none, and the marker for unfinished work is written in capitals")
    func wholeWords() {
        let report = fixture.run([("a.txt", "magical wizardry, placeholders, todo, _magic_, émagic\n")])
        #expect(report.isClean && report.findings.isEmpty)
    }

    @Test("Secrets are shown nowhere, neither by their own finding nor by another on the same line")
    func redaction() {
        let report = fixture.run([("a.py", fixture.secretLine + " # magic\n")])
        #expect(report.open.map(\.rule).sorted() == ["banned-terms", "secrets"])
        for text in [
            HumanReport.text(report), JSONReport.text(report), SARIFReport.text(report, version: "1"),
            report.baseline.json,
        ] {
            #expect(!text.contains("k3y9Qz7"), "\(text)")
        }
    }

    @Test("Only the lines that were added count")
    func addedLines() {
        let text = "magic\nmagic\nmagic\n"
        let some = fixture.run([("a", text)], extent: .lines([2...2]))
        #expect(fixture.open(some) == ["a:2:1 banned-terms"])
        let all = fixture.run([("a", text)])
        #expect(all.findings[1].fingerprint == some.findings[0].fingerprint)
    }

    @Test("A check that is not chosen does not run")
    func selection() {
        let files = [("a.py", fixture.secretLine + "\n# magic\n")]
        let report = fixture.run(files, selection: ["banned-terms"])
        #expect(report.open.map(\.rule) == ["banned-terms"])
        #expect(report.outcomes.map(\.rule.id) == ["banned-terms"])
    }

    @Test("Severities decide what fails; a check that is off does not run")
    func severities() {
        var configuration = GateConfiguration()
        configuration.severities = ["banned-terms": .note]
        let noted = fixture.run([("a", "magic\n")], configuration: configuration)
        #expect(noted.isClean && noted.open.map(\.severity) == [.note])
        configuration.severities = ["banned-terms": .off]
        let off = fixture.run([("a", "magic\n")], configuration: configuration)
        #expect(off.findings.isEmpty && !off.outcomes.contains { $0.rule.id == "banned-terms" })
    }

    @Test("Binary and large files are passed over and counted")
    func skipped() {
        var configuration = GateConfiguration()
        configuration.maximumSize = 100
        let report = fixture.run(
            [("a.bin", "magic\0"), ("b.txt", String(repeating: "magic ", count: 20))], configuration: configuration)
        #expect(report.isClean && report.fileCount == 0)
        #expect(report.skipped.map(\.reason) == [.binary, .tooLarge])
        #expect(report.outcomes.allSatisfy { $0.verdict == .notApplicable })
    }

    @Test("A file that cannot be read keeps the gate shut")
    func unreadable() {
        var run = GateRun(configuration: GateConfiguration())
        run.cannotRead("a", because: "Permission denied")
        let report = run.report()
        #expect(!report.isClean && report.open.map(\.rule) == ["unreadable"])
    }

    @Test("Files that define terms are not judged by them, but by everything else")
    func definitions() {
        let rule = "apiVersion: hive/v1\nkind: Rule\n# magic\n\(fixture.secretLine)\n"
        let report = fixture.run([("rules/a.yaml", rule), (".hive/check.yaml", "terms: [{text: magic}]\n")])
        #expect(report.open.map(\.rule) == ["secrets"])
    }

    @Test("Bytes that are no text do no harm")
    func invalidText() {
        var run = GateRun(configuration: GateConfiguration())
        run.check(SourceFile(path: "a", bytes: [0xFF, 0xC3, 0x20] + Array("magic ".utf8) + [0xE2, 0x82]))
        let place = run.report().findings.first?.place
        #expect(place?.line == 1 && place?.column == 4 && place?.endColumn == 9)
    }

    @Test("Thousands of hits on one line are found in one walk")
    func longLine() {
        let report = fixture.run([("a", String(repeating: "magic ", count: 5_000))])
        #expect(report.findings.count == 5_000)
        #expect(report.findings.last?.place.column == 5_000 * 6 - 5)
        #expect(report.findings.allSatisfy { $0.excerpt.text.count <= 162 })
        #expect(Set(report.findings.map(\.fingerprint)).count == 5_000)
    }
}
