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
        var records: [Int: CheckRecord] = [:]
        let places = RulesByKind(law)
        for place in places.all { records[place] = CheckRecord(law.rules[place]) }
        for manifest in contents.manifests {
            for answer in law.answers(to: input(manifest, law), among: places[manifest.kind], now: now) {
                records[answer.place]?.take(answer.decision, on: manifest) { part in
                    law.decision(at: answer.place, on: input(part, law), now: now)
                }
            }
        }
        for problem in contents.problems {
            for kind in problem.kinds {
                let missing = Manifest(kind: kind, path: problem.path, name: "", line: problem.line, facts: [:])
                let answers = law.answers(to: input(missing, law), among: places[kind], now: now)
                for answer in answers { records[answer.place]?.take(problem) }
            }
        }
        return records.values.map(\.result).sorted { left, right in
            (left.number ?? .max, left.rule) < (right.number ?? .max, right.rule)
        }
    }

    private static func input(_ manifest: Manifest, _ law: CompiledRuleSet) -> DecisionInput {
        do throws(DecisionInput.Failure) { return try DecisionInput(manifest.input, schema: law.schema) } catch {
            preconditionFailure("a manifest has the fields of its event: \(error)")
        }
    }
}
