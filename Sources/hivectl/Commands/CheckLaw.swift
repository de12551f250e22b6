import Foundation
import HiveAPI
import HiveChecks
import HivePacks
import HiveRules

/// The rules that judge manifests. Made only where there is a manifest, since compiling them takes longer than all else.
struct CheckLaw {
    private let law: CompiledRuleSet

    /// Rules that a check of the gate itself stands for: it has columns, and its list can be configured.
    private static let replaced: Set<String> = ["no-banned-terms"]

    init(_ settings: CheckSettings) throws {
        var sources = try settings.packs.flatMap { try PackNames.pack(named: $0).sourcesAlone }
        if !settings.rulePaths.isEmpty { sources += try RuleFilesOnDisk.sources(settings.rulePaths) }
        do { law = try RuleFilesOnDisk.compile(try RuleFiles.load(sources)) } catch let error as RuleError {
            throw RuleFilesOnDisk.failure(error)
        }
    }

    /// Those for manifests, by number and name.
    var rules: [GateRule] {
        law.rules.filter { $0.match.events.contains("manifest.check") && !Self.replaced.contains($0.name) }.map {
            rule in
            GateRule(
                id: rule.name, number: rule.labels["rule"].flatMap { Int($0) }, summary: rule.description ?? rule.name,
                help: rule.remediation ?? "", severity: rule.effect == .warn ? .warning : .error)
        }.sorted { ($0.number ?? .max, $0.id) < ($1.number ?? .max, $1.id) }
    }

    func results(_ contents: ManifestReader.Contents) -> [CheckResult] {
        ManifestCheck.run(contents, law: law, now: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
