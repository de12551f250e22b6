/// What the rules for manifests say.
extension GateRun {
    /// Takes in what came of rules that `learn` made known, for files that were checked. A file that could not be read
    /// is told of once and not once for each rule: what a rule says of nothing else was not measured.
    public mutating func judge(
        _ results: [CheckResult], problems: [ReadingProblem] = [], of sources: [SourceFile]
    ) {
        var files: [String: JudgedFile] = [:]
        for source in sources { files[source.path] = JudgedFile(source) }
        let unread = Set(problems.map { Evidence(path: $0.path, line: $0.line, name: "", text: $0.message) })
        for problem in problems where !problem.kinds.isEmpty && runs(.unreadable) {
            report(
                Evidence(path: problem.path, line: problem.line, name: "", text: problem.message),
                "", GateRule.unreadable.help, .unreadable, &files)
        }
        for result in results {
            guard let rule = catalog[result.rule], runs(rule) else { continue }
            let evidence = result.verdict == .fail ? result.evidence.filter { !unread.contains($0) } : []
            let isUnread = result.verdict == .fail && evidence.count < result.evidence.count && evidence.isEmpty
            verdicts[rule.id] = isUnread ? .notMeasured : result.gateVerdict
            guard result.verdict == .fail, !isUnread else { continue }
            let places: [Evidence?] = evidence.isEmpty ? [nil] : evidence
            for place in places { report(place, result.message, result.remediation, rule, &files) }
        }
    }

    private mutating func report(
        _ evidence: Evidence?, _ message: String, _ remediation: String, _ rule: GateRule,
        _ files: inout [String: JudgedFile]
    ) {
        let path = evidence?.path ?? ""
        let line = max(evidence?.line ?? 1, 1)
        var judged = files[path] ?? JudgedFile(SourceFile(path: path, bytes: []))
        defer { files[path] = judged }
        let range = judged.file.contentRange(ofLine: line)
        var places = PlaceFinder(judged.file)
        let said = evidence.map(Self.message) ?? message
        add(
            finding(
                rule, Match(SecretCover.covered(said), remediation), path: path,
                place: line <= judged.file.lineCount ? places.place(of: range) : .start(ofLine: line),
                excerpt: Excerpt(judged.file, range, hiding: judged.secrets),
                fingerprint: judged.fingerprints.fingerprint(
                    rule: rule.id, line: line, subject: evidence?.name ?? ""),
                excuse: suppressions[path]?.excuse(rule.id, line: line)))
    }

    /// What is wrong, after the name of the thing that it is wrong with.
    private static func message(_ evidence: Evidence) -> String {
        evidence.name.isEmpty || evidence.text.contains(evidence.name)
            ? evidence.text : "\(evidence.name): \(evidence.text)"
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
