import HiveCEL

/// Rules as a file of hAIveMind: those that came from one as they were, with what was changed since, and those of Hive
/// that say nothing that the format cannot.
public struct HAIveMindExport: Sendable {
    public private(set) var set = HAIveMindRuleSet()
    /// Rules that have no equivalent, in the order of their names.
    public private(set) var refusals: [Refusal] = []
    /// What is left out of rules that are exported, as sentences.
    public private(set) var warnings: [String] = []

    /// A rule that cannot be exported.
    public struct Refusal: Sendable, Hashable {
        public let rule: String
        public let reason: String
    }

    /// How the file is written.
    public enum Format: Sendable, Hashable {
        case yaml
        case json
    }

    /// `timestamp` stands in files that had none. Throws where the rules do not go together without those that are
    /// missing, such as a parent.
    public init(_ rules: [Rule], timestamp: String? = nil) throws(HAIveMindFailure) {
        var candidates = rules.sorted { (Self.place($0), $0.name) < (Self.place($1), $1.name) }
        while true {
            var draft = HAIveMindExportDraft(timestamp: timestamp)
            for rule in candidates { draft.add(rule) }
            let text = YAMLText.text(draft.value)
            set = try HAIveMindReader.read(RuleFiles.Source(path: "export", text: text))
            let found = draft.refusals + (try Self.changed(candidates, in: set))
            refusals += found.filter { !refusals.contains($0) }
            let refused = Set(refusals.map(\.rule))
            let rest = candidates.filter { !refused.contains($0.name) }
            guard rest.count < candidates.count, !found.isEmpty else { break }
            candidates = rest
        }
        refusals.sort { $0.rule < $1.rule }
        warnings = candidates.filter { !$0.tests.isEmpty }.map { "`\($0.name)`: its tests have no place in the file" }
    }

    /// The file.
    public func text(_ format: Format) -> String {
        switch format {
        case .yaml: YAMLText.text(set.value)
        case .json: IndentedJSON.text(set.value, sortsKeys: false)
        }
    }

    private static func place(_ rule: Rule) -> Int64 {
        guard case .int(let place)? = HAIveMindOrigin.of(rule)?["place"] else { return .max }
        return place
    }

    /// Rules that would not be the same after they have been imported again: what was changed has no equivalent.
    private static func changed(
        _ rules: [Rule], in set: HAIveMindRuleSet
    ) throws(HAIveMindFailure) -> [Refusal] {
        let again = try HAIveMindImport(set)
        var refusals: [Refusal] = []
        for rule in rules where HAIveMindOrigin.of(rule) != nil {
            guard let entry = again.rules.first(where: { $0.name == rule.name }) else { continue }
            let keys = DocumentDifference.keys(rule.text, entry.text)
            guard !keys.isEmpty else { continue }
            refusals.append(
                Refusal(
                    rule: rule.name,
                    reason: "was changed since it was imported, in what hAIveMind has no word for: "
                        + keys.joined(separator: ", ")))
        }
        return refusals
    }
}
