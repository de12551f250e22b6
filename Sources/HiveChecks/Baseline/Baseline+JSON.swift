import HiveCEL
public import HiveRules

extension Baseline {
    /// One entry on a line, so that a difference between two versions shows the findings that came and went.
    public var json: String {
        let lines = entries.map { entry in
            JSONText.render(
                .map(
                    ValueMap([
                        "path": .string(entry.path), "rule": .string(entry.rule),
                        "fingerprint": .string(entry.fingerprint),
                    ])))
        }
        return "{\"version\":1,\"findings\":[\n" + lines.joined(separator: ",\n") + (lines.isEmpty ? "" : "\n") + "]}\n"
    }

    /// Reads what `json` writes. Throws where the text is anything else, with what to do.
    public init(json text: String, path: String) throws(RuleError) {
        let document: Value
        do { document = try JSONText.parse(text) } catch {
            throw Self.broken(
                "it is not valid JSON: \(error.message)", path, error.position.line, error.position.column)
        }
        guard case .map(let members) = document, case .int(1)? = members["version"],
            case .list(let findings)? = members["findings"]
        else { throw Self.broken("it has no `version` 1 with `findings`", path) }
        var entries: [Entry] = []
        for (index, finding) in findings.enumerated() {
            guard case .map(let fields) = finding, case .string(let file)? = fields["path"],
                case .string(let rule)? = fields["rule"], case .string(let fingerprint)? = fields["fingerprint"]
            else { throw Self.broken("entry \(index + 1) lacks `path`, `rule` or `fingerprint`", path) }
            entries.append(Entry(path: file, rule: rule, fingerprint: fingerprint))
        }
        self.init(entries)
    }

    private static func broken(_ why: String, _ path: String, _ line: Int = 1, _ column: Int = 1) -> RuleError {
        RuleError(
            "the baseline cannot be read: \(why)", at: RuleLocation(path: path, line: line, column: column),
            hint: "restore it from version control, or make it anew with --write-baseline")
    }
}
