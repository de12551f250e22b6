import HiveCEL

/// The report for scripts: a list like every other, with what was counted beside it.
public enum JSONReport {
    public static func text(_ report: GateReport) -> String {
        JSONText.render(
            .map(
                ValueMap([
                    "items": .list(report.findings.map(item)), "next": .null, "clean": .bool(report.isClean),
                    "files": .int(Int64(report.fileCount)),
                    "checks": .list(report.outcomes.map(outcome)),
                    "skipped": .list(
                        report.skipped.map { map(["path": .string($0.path), "reason": .string($0.reason.rawValue)]) }),
                    "stale": .list(
                        report.stale.map {
                            map([
                                "path": .string($0.path), "rule": .string($0.rule),
                                "fingerprint": .string($0.fingerprint),
                            ])
                        }),
                    "summary": summary(report),
                ])))
    }

    private static func item(_ finding: Finding) -> Value {
        var fields: [String: Value] = [
            "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
            "path": .string(finding.path),
            "line": .int(Int64(finding.place.line)), "column": .int(Int64(finding.place.column)),
            "endColumn": .int(Int64(finding.place.endColumn)), "message": .string(finding.message),
            "remediation": .string(finding.remediation), "fingerprint": .string(finding.fingerprint),
            "excerpt": .string(finding.excerpt.text),
        ]
        switch finding.state {
        case .open: fields["state"] = .string("open")
        case .known: fields["state"] = .string("known")
        case .suppressed(let reason):
            fields["state"] = .string("suppressed")
            fields["reason"] = .string(reason)
        }
        return map(fields)
    }

    private static func outcome(_ outcome: GateReport.Outcome) -> Value {
        map([
            "rule": .string(outcome.rule.id), "number": outcome.rule.number.map { .int(Int64($0)) } ?? .null,
            "verdict": .string(outcome.verdict.rawValue),
        ])
    }

    private static func summary(_ report: GateReport) -> Value {
        var counts: [String: Value] = [:]
        for verdict in GateVerdict.allCases { counts[verdict.rawValue] = .int(Int64(report.count(verdict))) }
        counts["findings"] = .int(Int64(report.findings.count(where: \.fails)))
        return map(counts)
    }

    private static func map(_ fields: [String: Value]) -> Value { .map(ValueMap(fields)) }
}
