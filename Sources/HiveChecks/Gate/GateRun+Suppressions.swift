import HiveCEL

/// What is wrong with the comments that excuse findings.
extension GateRun {
    /// Suppressions without a reason, of checks that nobody knows, and those that excuse nothing.
    func suppressionFindings() -> [Finding] {
        guard runs(.suppressions) else { return [] }
        return suppressions.sorted { $0.key < $1.key }.flatMap { path, ledger in findings(of: ledger, path) }
    }

    private func findings(of ledger: SuppressionLedger, _ path: String) -> [Finding] {
        let faults = ledger.faults(suggestion: advice) { rule in isJudged(rule, path) }
        guard !faults.isEmpty else { return [] }
        let secrets = SecretCover(ledger.file.bytes)
        var places = PlaceFinder(ledger.file)
        var fingerprints = Fingerprinter(ledger.file)
        return faults.compactMap { line, match in
            let fingerprint = fingerprints.fingerprint(rule: GateRule.suppressions.id, line: line)
            guard extents[path]?.contains(line) ?? true else { return nil }
            return finding(
                .suppressions, match, path: path, place: places.place(of: match.range),
                excerpt: Excerpt(ledger.file, match.range, hiding: secrets), fingerprint: fingerprint, excuse: nil)
        }
    }

    /// What to write instead of a check that nobody knows; nil for one that is known. Checks for manifests are known
    /// only where manifests were judged.
    private func advice(_ rule: String) -> String? {
        guard catalog[rule] == nil else { return nil }
        if let nearest = Suggestion.nearest(to: rule, among: catalog.rules.map(\.id)) { return nearest }
        return knowsAllRules ? "`hivectl check --list` names the checks" : nil
    }

    private func isJudged(_ rule: String, _ path: String) -> Bool {
        guard extents[path] == .all, let known = catalog[rule], runs(known) else { return false }
        return GateRule.builtIn.contains(known) || verdicts[rule] != nil
    }
}
