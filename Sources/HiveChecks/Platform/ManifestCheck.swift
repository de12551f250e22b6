import HiveCEL
public import HiveRules

/// Judges files by the rules of a law for the event `manifest.check`.
public enum ManifestCheck {
    /// One result for every such rule, by number and then by name. `now` is in Unix milliseconds.
    public static func run(files: [SourceFile], law: CompiledRuleSet, now: Int64) -> [CheckResult] {
        run(ManifestReader.read(files), law: law, now: now)
    }

    /// The same for files that were read already.
    public static func run(_ contents: ManifestReader.Contents, law: CompiledRuleSet, now: Int64) -> [CheckResult] {
        var records: [String: CheckRecord] = [:]
        for rule in law.rules where rule.match.events.contains("manifest.check") {
            records[key(rule)] = CheckRecord(rule)
        }
        for manifest in contents.manifests {
            for answer in answers(to: manifest, law, now) {
                records[key(answer.rule)]?.take(answer, manifest) { part in
                    answers(to: part, law, now).first { key($0.rule) == key(answer.rule) }
                }
            }
        }
        for problem in contents.problems {
            for kind in problem.kinds {
                let missing = Manifest(kind: kind, path: problem.path, name: "", line: problem.line, facts: [:])
                for answer in answers(to: missing, law, now) { records[key(answer.rule)]?.take(problem) }
            }
        }
        return records.values.map(\.result).sorted { left, right in
            (left.number ?? .max, left.rule) < (right.number ?? .max, right.rule)
        }
    }

    /// Rules of several sets may have the same name.
    private static func key(_ rule: Rule) -> String { "\(rule.set)/\(rule.name)" }

    private static func answers(to manifest: Manifest, _ law: CompiledRuleSet, _ now: Int64) -> [RuleAnswer] {
        do throws(DecisionInput.Failure) {
            return law.answers(to: try DecisionInput(manifest.input, schema: law.schema), now: now)
        } catch { preconditionFailure("a manifest has the fields of its event: \(error)") }
    }
}
