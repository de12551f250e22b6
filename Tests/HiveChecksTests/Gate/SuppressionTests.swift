import HiveChecks
import Testing

/// Comments that excuse.
@Suite struct SuppressionTests {
    private func states(_ text: String) -> [String] {
        GateFixture.run([("a", text)]).findings.map { finding in
            switch finding.state {
            case .open: "\(finding.place.line) open \(finding.rule)"
            case .suppressed(let reason): "\(finding.place.line) \(reason)"
            case .known: "\(finding.place.line) known"
            }
        }
    }

    private let allow = "hive:" + "allow"

    @Test("A comment behind code excuses its line, a comment alone the next one as well")
    func reach() {
        #expect(states("magic # \(allow) banned-terms a name\nmagic\n") == ["1 a name", "2 open banned-terms"])
        #expect(states("  // \(allow) banned-terms a name\nmagic\nmagic\n") == ["2 a name", "3 open banned-terms"])
        #expect(states("<!-- \(allow) banned-terms a name -->\nmagic\n") == ["2 a name"])
        #expect(states("/* \(allow) secrets,banned-terms both */\n\(GateFixture.secretLine) magic\n").count == 2)
    }

    @Test("A comment for the file excuses all of it, wherever it stands")
    func file() {
        #expect(states("magic\nmagic\n# \(allow)-file banned-terms fixtures\n") == ["1 fixtures", "2 fixtures"])
    }

    @Test("Without a reason nothing is excused, and that is said")
    func reason() {
        #expect(states("magic # \(allow) banned-terms\n") == ["1 open banned-terms", "1 open suppressions"])
        #expect(states("# \(allow)\n") == ["1 open suppressions"])
    }

    @Test("A check that nobody knows cannot be suppressed")
    func unknown() {
        let findings = GateFixture.run([("a", "x # \(allow) banned-term a name\n")]).findings
        #expect(findings.map(\.rule) == ["suppressions"])
        #expect(findings.first?.remediation == "did you mean `banned-terms`?")
    }

    @Test("A suppression that excuses nothing is noted, unless the check did not look")
    func unused() {
        let text = "x # \(allow) banned-terms was needed once\n"
        let report = GateFixture.run([("a", text)])
        #expect(report.isClean && report.open.map(\.severity) == [.note])
        #expect(GateFixture.run([("a", text)], selection: ["secrets", "suppressions"]).findings.isEmpty)
        #expect(GateFixture.run([("a", text)], extent: .lines([1...1])).findings.isEmpty)
    }

    @Test("A text that quotes the comment is none")
    func quoted() {
        #expect(states("write `\(allow) CHECK REASON` behind it\n").isEmpty)
        #expect(states("\"\(allow) banned-terms x\" magic\n") == ["1 open banned-terms"])
        #expect(states("say \(allow) banned-terms and why, magic\n") == ["1 open banned-terms"])
        #expect(states("# magic, see \(allow) secrets x\n") == ["1 open banned-terms"])
    }
}
