import HiveChecks
import HiveRules
import Testing

/// Findings that are known.
@Suite struct BaselineTests {
    private let fixture = GateFixture.self

    @Test("What is known does not fail, also where its line moved or was indented; what is new does")
    func known() {
        let first = fixture.run([("a", "magic here\nmagic here\n")])
        let baseline = first.baseline
        #expect(baseline.entries.count == 2)
        let moved = fixture.run([("a", "\n\n   magic   here\nx\nmagic here\n")], baseline: baseline)
        #expect(moved.isClean && moved.stale.isEmpty && moved.findings.allSatisfy { $0.state == .known })
        let more = fixture.run([("a", "magic here\nmagic here\nmagic here\n")], baseline: baseline)
        #expect(more.open.map(\.place.line) == [3])
        let other = fixture.run([("b", "magic here\n")], baseline: baseline)
        #expect(!other.isClean)
    }

    @Test("Another secret in a known line is new")
    func otherSecret() {
        let baseline = fixture.run([("a", fixture.secretLine)], baseline: .empty).baseline
        let other = fixture.secretLine.replacing("Qz7", with: "Zq8")
        #expect(fixture.run([("a", fixture.secretLine)], baseline: baseline).isClean)
        #expect(!fixture.run([("a", other)], baseline: baseline).isClean)
    }

    @Test("Entries that occur no more are stale, if their file was looked at or is gone")
    func stale() {
        let baseline = fixture.run([("a", "magic\n"), ("b", "magic\n"), ("c", "magic\n")]).baseline
        var run = GateRun(configuration: GateConfiguration(), baseline: baseline)
        run.check(SourceFile(path: "a", bytes: []))
        let report = run.report { $0 == "b" }
        #expect(report.stale.map(\.path) == ["a", "b"])
        #expect(report.baseline.entries.map(\.path) == ["c"])
        #expect(HumanReport.text(report).contains("a: the baseline knows a finding of banned-terms that is no more"))
        let partial = fixture.run([("a", "")], baseline: baseline, extent: .lines([1...1]))
        #expect(partial.stale.isEmpty)
        #expect(fixture.run([("a", "")], selection: ["secrets"], baseline: baseline).stale.isEmpty)
    }

    @Test("Notes and excused findings are not taken in")
    func takenIn() {
        let report = fixture.run([("a", "magic # hive:" + "allow banned-terms a name\n")])
        #expect(report.baseline.entries.isEmpty)
    }

    @Test("It is read as it was written, sorted, one entry a line")
    func roundTrip() throws {
        let baseline = Baseline([
            Baseline.Entry(path: "b", rule: "r", fingerprint: "2"),
            Baseline.Entry(path: "a\"", rule: "r", fingerprint: "1"),
            Baseline.Entry(path: "b", rule: "r", fingerprint: "2"),
        ])
        #expect(try Baseline(json: baseline.json, path: "x") == baseline)
        #expect(baseline.json.split(separator: "\n").count == 4)
        #expect(try Baseline(json: Baseline.empty.json, path: "x") == .empty)
    }

    @Test(
        "A broken one is refused with advice",
        arguments: [
            "", "{", "[]", "{\"version\":2,\"findings\":[]}", "{\"version\":1,\"findings\":[{\"path\":\"a\"}]}",
            "{\"version\":1,\"findings\":[\n<<<<<<< HEAD\n]}",
        ])
    func broken(text: String) {
        let error = #expect(throws: RuleError.self) { try Baseline(json: text, path: "base.json") }
        #expect(error?.message.contains("the baseline cannot be read") == true)
        #expect(error?.hint.contains("--write-baseline") == true)
    }
}
