import HiveRules

/// One run of the gate: files go in one after another, a report comes out.
public struct GateRun {
    let configuration: GateConfiguration
    /// Those for manifests come in with the first manifest.
    private(set) var catalog = GateCatalog(GateRule.builtIn)
    /// Whether the catalog has the checks for manifests too.
    private(set) var knowsAllRules = false
    /// The checks that run; nil for all.
    private let selection: Set<String>?
    let known: Baseline
    private let terms: TermScanner

    private(set) var findings: [Finding] = []
    private(set) var skipped: [GateReport.Skipped] = []
    private(set) var fileCount = 0
    /// By path: which lines of the files that were read counted.
    private(set) var extents: [String: ChangedLines.Extent] = [:]
    var suppressions: [String: SuppressionLedger] = [:]
    /// By the id of a check for manifests.
    var verdicts: [String: GateVerdict] = [:]

    public init(configuration: GateConfiguration, selection: Set<String>? = nil, baseline: Baseline = .empty) {
        self.configuration = configuration
        self.selection = selection
        known = baseline
        terms = TermScanner(configuration.terms)
    }

    /// Makes the checks for manifests known.
    public mutating func learn(_ rules: [GateRule]) {
        catalog = GateCatalog(GateRule.builtIn + rules)
        knowsAllRules = true
    }

    public mutating func skip(_ path: String, _ reason: SkipReason) {
        skipped.append(GateReport.Skipped(path: path, reason: reason))
    }

    /// Counts a file that could not be read against whoever sent it.
    public mutating func cannotRead(_ path: String, because reason: String) {
        guard runs(.unreadable) else { return }
        let file = TextFile(SourceFile(path: path, bytes: []))
        var fingerprints = Fingerprinter(file)
        add(
            finding(
                .unreadable, Match("the file cannot be read: \(reason)", GateRule.unreadable.help), path: path,
                place: .start(ofLine: 1), excerpt: .empty,
                fingerprint: fingerprints.fingerprint(rule: GateRule.unreadable.id, line: 1, subject: "unreadable"),
                excuse: nil))
    }

    /// Looks for secrets and banned terms. Only findings in lines of `extent` count. A text that is too large is passed
    /// over, unless somebody asked about it by name: then it counts as unread.
    /// - Returns: whether the file is text that was looked at.
    @discardableResult
    public mutating func check(_ source: SourceFile, extent: ChangedLines.Extent = .all, isNamed: Bool = false) -> Bool
    {
        guard source.bytes.count <= configuration.maximumSize else {
            if isNamed, !TextFile.isBinary(source.bytes) {
                let limit = configuration.maximumSize
                cannotRead(source.path, because: "it is above \(limit) bytes; raise maximumSize or exclude it")
            } else {
                skip(source.path, .tooLarge)
            }
            return false
        }
        guard !TextFile.isBinary(source.bytes) else {
            skip(source.path, .binary)
            return false
        }
        fileCount += 1
        extents[source.path] = extent
        let file = TextFile(source)
        var ledger = SuppressionLedger(file)
        let secrets = runs(.secrets) ? SecretDetector.findings(in: source.bytes) : nil
        let matches = textMatches(in: source, secrets: secrets ?? [])
        if !matches.isEmpty {
            let hidden = SecretCover(secrets ?? SecretDetector.findings(in: source.bytes))
            report(matches, in: file, extent, hiding: hidden, &ledger)
        }
        if !ledger.isEmpty { suppressions[source.path] = ledger }
        return true
    }

    private func textMatches(in source: SourceFile, secrets: [SecretFinding]) -> [(rule: GateRule, match: Match)] {
        var matches: [(rule: GateRule, match: Match)] = secrets.map {
            (.secrets, Match("the file holds a secret: \($0.kind)", GateRule.secrets.help, $0.range))
        }
        if runs(.bannedTerms), !configuration.definesTerms(source) {
            matches += terms.matches(in: source.bytes, path: source.path).map {
                (.bannedTerms, Match($0.term.message, $0.term.remediation, $0.range))
            }
        }
        return matches.sorted { $0.match.range.lowerBound < $1.match.range.lowerBound }
    }

    private mutating func report(
        _ matches: [(rule: GateRule, match: Match)], in file: TextFile, _ extent: ChangedLines.Extent,
        hiding secrets: SecretCover, _ ledger: inout SuppressionLedger
    ) {
        var places = PlaceFinder(file)
        var fingerprints = Fingerprinter(file)
        for (rule, match) in matches {
            let place = places.place(of: match.range)
            let fingerprint = fingerprints.fingerprint(rule: rule.id, line: place.line)
            guard extent.contains(place.line) else { continue }
            add(
                finding(
                    rule, match, path: file.path, place: place,
                    excerpt: Excerpt(file, match.range, hiding: secrets), fingerprint: fingerprint,
                    excuse: ledger.excuse(rule.id, line: place.line)))
        }
    }

    mutating func add(_ finding: Finding) { findings.append(finding) }

    func finding(
        _ rule: GateRule, _ match: Match, path: String, place: TextPlace, excerpt: Excerpt, fingerprint: String,
        excuse: String?
    ) -> Finding {
        let state = excuse.map(Finding.State.suppressed) ?? (known.contains(fingerprint) ? .known : .open)
        return Finding(
            rule: rule.id, severity: match.severity ?? configuration.severity(of: rule), path: path, place: place,
            message: match.message, remediation: match.remediation, fingerprint: fingerprint, excerpt: excerpt,
            state: state)
    }

    func isSelected(_ id: String) -> Bool { selection?.contains(id) ?? true }

    func runs(_ rule: GateRule) -> Bool { isSelected(rule.id) && configuration.severity(of: rule) != .off }
}
