import HiveCEL

/// The report in SARIF 2.1.0, as code scanning services take it. Columns count UTF-16 code units.
public enum SARIFReport {
    public static func text(_ report: GateReport, version: String) -> String {
        let rules = rules(report)
        let places = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let run = map([
            "tool": map([
                "driver": map([
                    "name": .string("hivectl check"), "version": .string(version),
                    "semanticVersion": .string(version), "rules": .list(rules.map(rule)),
                ])
            ]),
            "columnKind": .string("utf16CodeUnits"),
            "invocations": .list([map(["executionSuccessful": .bool(true)])]),
            "results": .list(report.findings.map { result($0, place: places[$0.rule]) }),
        ])
        return JSONText.render(
            map([
                "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"), "version": .string("2.1.0"),
                "runs": .list([run]),
            ]))
    }

    /// Those that ran, and those that have findings.
    private static func rules(_ report: GateReport) -> [GateRule] { report.outcomes.map(\.rule) }

    private static func rule(_ rule: GateRule) -> Value {
        var properties: [String: Value] = ["tags": .list([.string("hive")])]
        if let number = rule.number { properties["number"] = .int(Int64(number)) }
        return map([
            "id": .string(rule.id), "name": .string(pascalCase(rule.id)),
            "shortDescription": map(["text": .string(rule.summary)]),
            "fullDescription": map(["text": .string(rule.summary)]),
            "help": map(["text": .string(rule.help.isEmpty ? rule.summary : rule.help)]),
            "defaultConfiguration": map(["level": .string(level(rule.severity))]),
            "properties": map(properties),
        ])
    }

    private static func result(_ finding: Finding, place: Int?) -> Value {
        var fields: [String: Value] = [
            "ruleId": .string(finding.rule), "level": .string(level(finding.severity)),
            "message": map(["text": .string(message(finding))]),
            "locations": .list(finding.path.isEmpty ? [] : [location(finding)]),
            "partialFingerprints": map(["hiveFinding/v1": .string(finding.fingerprint)]),
            "suppressions": .list(suppressions(finding.state)),
        ]
        if let place { fields["ruleIndex"] = .int(Int64(place)) }
        return map(fields)
    }

    private static func message(_ finding: Finding) -> String {
        finding.remediation.isEmpty ? finding.message : "\(finding.message). \(finding.remediation)"
    }

    private static func location(_ finding: Finding) -> Value {
        var artifact: [String: Value] = ["uri": .string(PathText.uri(finding.path))]
        if finding.path.hasPrefix("/") {
            artifact["uri"] = .string("file://" + PathText.uri(finding.path))
        } else {
            artifact["uriBaseId"] = .string("%SRCROOT%")
        }
        let place = finding.place
        var region: [String: Value] = [
            "startLine": .int(Int64(place.line)), "startColumn": .int(Int64(place.utf16Column)),
            "endLine": .int(Int64(place.line)), "endColumn": .int(Int64(place.utf16EndColumn)),
        ]
        if !finding.excerpt.text.isEmpty { region["snippet"] = map(["text": .string(finding.excerpt.text)]) }
        return map(["physicalLocation": map(["artifactLocation": map(artifact), "region": map(region)])])
    }

    private static func suppressions(_ state: Finding.State) -> [Value] {
        switch state {
        case .open: []
        case .suppressed(let reason): [map(["kind": .string("inSource"), "justification": .string(reason)])]
        case .known: [map(["kind": .string("external"), "justification": .string("the baseline knows it")])]
        }
    }

    private static func level(_ severity: Severity) -> String { severity == .off ? "none" : severity.rawValue }

    /// `banned-terms` as `BannedTerms`.
    private static func pascalCase(_ id: String) -> String {
        id.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func map(_ fields: [String: Value]) -> Value { .map(ValueMap(fields)) }
}
