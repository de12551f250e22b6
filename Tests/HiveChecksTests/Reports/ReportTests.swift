import HiveCEL
import HiveChecks
import Testing

/// Reports for people and for tools.
@Suite struct ReportTests {
    private func report() -> GateReport {
        GateFixture.run([
            ("src/a b.py", "x = \"😀\" # magic\n\tmagic # hive:" + "allow banned-terms a name\n"), ("b.bin", "\0"),
        ])
    }

    @Test("People see the line with a caret and the sums")
    func human() {
        #expect(
            HumanReport.text(report()) == """
                src/a b.py:1:11: error: `magic` explains nothing (banned-terms)
                  1 | x = "😀" # magic
                                ^^^^^
                  help: Say what it does, or give the number a name.

                1 finding in 1 file; 1 suppressed; checks: 3 pass, 1 fail, 0 not applicable, 0 not measured; \
                skipped: 1 binary
                """)
    }

    @Test("The middle of a long line is shown, without what would command a terminal")
    func excerpt() throws {
        let line = String(repeating: "ä", count: 200) + "\u{1B}[31m magic " + String(repeating: "z", count: 200)
        let finding = try #require(GateFixture.run([("a", line)]).findings.first)
        let text = finding.excerpt.text
        #expect(text.hasPrefix("…ä") && text.hasSuffix("z…") && !text.contains("\u{1B}"))
        let mark = text.dropFirst(finding.excerpt.start).prefix(finding.excerpt.length)
        #expect(mark == "magic")
    }

    @Test("SARIF counts columns in UTF-16 and carries fingerprints and suppressions")
    func sarif() throws {
        let report = report()
        let sarif = try JSONText.parse(SARIFReport.text(report, version: "1.2.3"))
        let runs = try #require(sarif["runs"]?.items)
        let results = try #require(runs.first?["results"]?.items)
        #expect(results.count == 2)
        let region = results.first?["locations"]?.items.first?["physicalLocation"]?["region"]
        #expect(region?["startColumn"]?.number == 12 && region?["endColumn"]?.number == 17)
        let artifact = results.first?["locations"]?.items.first?["physicalLocation"]?["artifactLocation"]
        #expect(artifact?["uri"]?.text == "src/a%20b.py")
        #expect(results.first?["suppressions"]?.items.count == 0)
        #expect(results.last?["suppressions"]?.items.first?["justification"]?.text == "a name")
        #expect(
            results.first?["partialFingerprints"]?["hiveFinding/v1"]?.text == report.findings.first?.fingerprint)
        let rules = try #require(runs.first?["tool"]?["driver"]?["rules"]?.items)
        #expect(rules.map { $0["id"]?.text } == ["secrets", "banned-terms", "suppressions", "unreadable"])
        #expect(rules.allSatisfy { $0["help"]?["text"]?.text?.isEmpty == false })
        #expect(results.allSatisfy { $0["ruleIndex"]?.number == 1 })
    }
}

extension Value {
    fileprivate subscript(name: String) -> Value? {
        guard case .map(let map) = self else { return nil }
        return map[name]
    }

    fileprivate var items: [Value] {
        guard case .list(let items) = self else { return [] }
        return items
    }

    fileprivate var number: Int64? {
        guard case .int(let number) = self else { return nil }
        return number
    }

    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}
