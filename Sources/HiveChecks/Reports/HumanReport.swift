/// The report for people: findings by file, each with its line and a caret, then what was counted.
public enum HumanReport {
    public static func text(_ report: GateReport) -> String {
        var blocks: [String] = []
        for finding in report.open {
            blocks.append(block(finding))
        }
        for entry in report.stale {
            blocks.append("\(entry.path): the baseline knows a finding of \(entry.rule) that is no more")
        }
        if !report.stale.isEmpty { blocks.append("--write-baseline takes such entries out.") }
        blocks.append(summary(report))
        return blocks.joined(separator: "\n")
    }

    private static func block(_ finding: Finding) -> String {
        let place = finding.path.isEmpty ? "" : "\(finding.path):\(finding.place.line):\(finding.place.column): "
        var lines = ["\(place)\(finding.severity.rawValue): \(finding.message) (\(finding.rule))"]
        let excerpt = finding.excerpt
        if !excerpt.text.isEmpty {
            let margin = String(finding.place.line)
            lines.append("  \(margin) | \(excerpt.text)")
            let blank = String(repeating: " ", count: margin.count + excerpt.start)
            let carets = String(repeating: "^", count: max(1, min(excerpt.length, excerpt.text.count - excerpt.start)))
            lines.append("  \(blank)   \(carets)")
        }
        if !finding.remediation.isEmpty { lines.append("  help: \(finding.remediation)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `3 findings in 12 files; 2 known, 1 suppressed; checks: 3 pass, 1 fail, …`.
    static func summary(_ report: GateReport) -> String {
        let failing = report.findings.count(where: \.fails)
        let notes = report.open.count - failing
        let known = report.findings.count { $0.state == .known }
        let excused = report.findings.count - report.open.count - known
        var parts = ["\(plural(failing, "finding")) in \(plural(report.fileCount, "file"))"]
        let states = [(notes, "noted"), (known, "known"), (excused, "suppressed")].filter { $0.0 > 0 }
        if !states.isEmpty { parts.append(states.map { "\($0.0) \($0.1)" }.joined(separator: ", ")) }
        parts.append(
            "checks: "
                + [
                    (GateVerdict.pass, "pass"), (.fail, "fail"), (.notApplicable, "not applicable"),
                    (.notMeasured, "not measured"),
                ].map { "\(report.count($0.0)) \($0.1)" }.joined(separator: ", "))
        let skipped = [(SkipReason.binary, "binary"), (.tooLarge, "too large"), (.linkOut, "leading out")]
            .map { (report.count($0), $1) }.filter { $0.0 > 0 }
        if !skipped.isEmpty { parts.append("skipped: " + skipped.map { "\($0) \($1)" }.joined(separator: ", ")) }
        return parts.joined(separator: "; ")
    }

    private static func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
