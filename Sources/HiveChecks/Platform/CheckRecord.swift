import HiveCEL
import HiveRules

/// What is known of one rule while manifests are looked at.
struct CheckRecord {
    private let rule: Rule
    private var failures: [Evidence] = []
    private var asked: [Evidence] = []

    /// How many of the things that a rule was asked about are named where all of them passed.
    private static let shownPasses = 20

    init(_ rule: Rule) { self.rule = rule }

    /// `again` asks the rule about a part of the manifest.
    mutating func take(_ decision: Decision, on manifest: Manifest, again: (Manifest) -> Decision) {
        guard let text = Self.complaint(decision) else {
            if asked.count < Self.shownPasses {
                asked.append(Self.evidence(manifest, "holds for this \(manifest.kind)"))
            }
            return
        }
        let parts = manifest.parts().compactMap { part in
            Self.complaint(again(part)).map { Self.evidence(part, $0) }
        }
        failures += parts.isEmpty ? [Self.evidence(manifest, text)] : parts
    }

    /// What could not be read fails the rules that would have looked at it.
    mutating func take(_ problem: ReadingProblem) {
        let evidence = Evidence(path: problem.path, line: problem.line, name: "", text: problem.message)
        if !failures.contains(evidence) { failures.append(evidence) }
    }

    /// What the rule has against an input; nil where it is content. Errors are never content.
    private static func complaint(_ decision: Decision) -> String? {
        if let error = decision.errors.first { return "the rule cannot be evaluated: \(error.message)" }
        switch decision.effect {
        case .deny, .requireApproval, .warn: return decision.message
        case .transform, .annotate, .allow, .set, .append, .merge: return nil
        }
    }

    private static func evidence(_ manifest: Manifest, _ text: String) -> Evidence {
        Evidence(path: manifest.path, line: manifest.line, name: manifest.name, text: text)
    }

    /// Rules about measurements alone are not measured where there are none.
    private var isAboutMeasurements: Bool {
        !rule.match.kinds.isEmpty && rule.match.kinds.allSatisfy { $0.hasPrefix(MeasurementReader.prefix) }
    }

    var result: CheckResult {
        let verdict: CheckResult.Verdict =
            if !failures.isEmpty { .fail } else if !asked.isEmpty { .pass } else if isAboutMeasurements {
                .notMeasured
            } else { .notApplicable }
        return CheckResult(
            rule: rule.name, number: rule.labels["rule"].flatMap { Int($0) }, verdict: verdict,
            evidence: verdict == .fail ? failures : asked, message: message(verdict),
            remediation: verdict == .fail ? rule.remediation ?? "" : "")
    }

    private func message(_ verdict: CheckResult.Verdict) -> String {
        switch verdict {
        case .pass: rule.description ?? "holds"
        case .fail where failures.count == 1: failures[0].text
        case .fail: "\(failures[0].text) (and \(failures.count - 1) more)"
        case .notApplicable: "there is nothing of the kind \(rule.match.kinds.joined(separator: ", "))"
        case .notMeasured: "no file gives \(rule.match.kinds.joined(separator: ", "))"
        }
    }
}
