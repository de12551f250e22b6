/// What came of it all.
extension GateRun {
    /// The report on everything that went in. `isGone` says of a path whether no file is there any more.
    public func report(isGone: (String) -> Bool = { _ in false }) -> GateReport {
        let all = (findings + suppressionFindings()).sorted()
        let found = Set(all.map(\.fingerprint))
        func isStale(_ entry: Baseline.Entry) -> Bool {
            !found.contains(entry.fingerprint) && isSelected(entry.rule)
                && (extents[entry.path] == .all || isGone(entry.path))
        }
        let accepted = all.filter { $0.state == .known || $0.fails }.map {
            Baseline.Entry(path: $0.path, rule: $0.rule, fingerprint: $0.fingerprint)
        }
        return GateReport(
            findings: all, outcomes: outcomes(all), fileCount: fileCount, skipped: skipped.sorted { $0.path < $1.path },
            stale: known.entries.filter(isStale),
            baseline: Baseline(known.entries.filter { !isStale($0) } + accepted))
    }

    private func outcomes(_ all: [Finding]) -> [GateReport.Outcome] {
        let failed = Set(all.filter(\.fails).map(\.rule))
        return catalog.rules.filter(runs).map { rule in
            let isText = GateRule.builtIn.contains(rule)
            let measured = verdicts[rule.id] ?? (isText && fileCount > 0 ? .pass : .notApplicable)
            // What failed and is excused or known has passed this gate.
            let verdict: GateVerdict = failed.contains(rule.id) ? .fail : measured == .fail ? .pass : measured
            return GateReport.Outcome(rule: rule, verdict: verdict)
        }
    }
}
