/// What becomes of a file of hAIveMind: one rule document for each of its rules, which compile together.
public struct HAIveMindImport: Sendable {
    /// In the order of the file.
    public let rules: [Entry]

    /// One rule.
    public struct Entry: Sendable {
        /// The name of the document, which is the id of the original.
        public let name: String
        /// The document as it is written to a file or pushed.
        public let text: String
        /// What the rule is here.
        public let rule: Rule
        /// What whoever imports should know of it, as sentences about it.
        public let warnings: [String]
    }

    /// Translates and compiles the rules of a file. Throws all that is wrong with any of them.
    public static func read(
        _ source: RuleFiles.Source, set: String = "haivemind"
    ) throws(HAIveMindFailure) -> HAIveMindImport {
        try HAIveMindImport(try HAIveMindReader.read(source), set: set)
    }

    /// Throws what keeps the rules from being compiled.
    public init(_ original: HAIveMindRuleSet, set: String = "haivemind") throws(HAIveMindFailure) {
        let inheritance = HAIveMindInheritance(original.rules)
        var errors: [RuleError] = []
        var drafts: [(original: HAIveMindRule, text: String, warnings: [String])] = []
        for (place, rule) in original.rules.enumerated() {
            do throws(RuleError) {
                let completed = try inheritance.completed(rule)
                var translator = RuleTranslator(rule, completed: completed, in: original)
                let origin = HAIveMindOrigin.value(rule, at: place, in: original, isUnassigned: translator.isUnassigned)
                let document = translator.document(origin: origin)
                drafts.append((rule, YAMLText.text(document), translator.warnings))
            } catch { errors.append(error) }
        }
        guard errors.isEmpty else { throw HAIveMindFailure(errors) }
        let sources = drafts.map { RuleFiles.Source(path: Self.path($0.original, set), text: $0.text) }
        errors = RuleErrors.all(in: sources).map { error in
            let rule = drafts.first { Self.path($0.original, set) == error.location.path }?.original
            return RuleError(error.message, at: rule?.location ?? error.location, hint: error.hint)
        }
        guard errors.isEmpty else { throw HAIveMindFailure(errors) }
        var loaded: [String: Rule] = [:]
        do throws(RuleError) {
            for rule in try RuleFiles.load(sources).rules { loaded[rule.name] = rule }
        } catch { throw HAIveMindFailure([error]) }
        rules = drafts.compactMap { draft in
            loaded[draft.original.documentName].map {
                Entry(name: $0.name, text: draft.text, rule: $0, warnings: draft.warnings)
            }
        }
    }

    private static func path(_ rule: HAIveMindRule, _ set: String) -> String { "\(set)/\(rule.documentName).yaml" }
}
