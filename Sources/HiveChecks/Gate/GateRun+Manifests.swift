/// What the rules for manifests say.
extension GateRun {
    /// Takes in what came of rules that `learn` made known, for files that were checked.
    public mutating func judge(_ results: [CheckResult], of sources: [SourceFile]) {
        var files: [String: JudgedFile] = [:]
        for source in sources { files[source.path] = JudgedFile(source) }
        for result in results {
            guard let rule = catalog[result.rule], runs(rule) else { continue }
            verdicts[rule.id] = result.gateVerdict
            guard result.verdict == .fail else { continue }
            let places: [Evidence?] = result.evidence.isEmpty ? [nil] : result.evidence
            for evidence in places { report(evidence, of: result, rule, &files) }
        }
    }

    private mutating func report(
        _ evidence: Evidence?, of result: CheckResult, _ rule: GateRule, _ files: inout [String: JudgedFile]
    ) {
        let path = evidence?.path ?? ""
        let line = max(evidence?.line ?? 1, 1)
        var judged = files[path] ?? JudgedFile(SourceFile(path: path, bytes: []))
        defer { files[path] = judged }
        let said = [evidence?.name ?? "", evidence?.text ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        let message = said.isEmpty ? result.message : "\(result.message) (\(said))"
        let range = judged.file.range(ofLine: line)
        var places = PlaceFinder(judged.file)
        add(
            finding(
                rule, Match(SecretCover.covered(message), result.remediation), path: path,
                place: line <= judged.file.lineCount ? places.place(of: range) : .start(ofLine: line),
                excerpt: Excerpt(judged.file, range, hiding: judged.secrets),
                fingerprint: judged.fingerprints.fingerprint(
                    rule: rule.id, line: line, subject: "\(evidence?.name ?? "")\0\(result.message)"),
                excuse: suppressions[path]?.excuse(rule.id, line: line)))
    }
}

/// A file with what is needed to report of it.
private struct JudgedFile {
    let file: TextFile
    let secrets: SecretCover
    var fingerprints: Fingerprinter

    init(_ source: SourceFile) {
        file = TextFile(source)
        secrets = SecretCover(source.bytes)
        fingerprints = Fingerprinter(file)
    }
}
