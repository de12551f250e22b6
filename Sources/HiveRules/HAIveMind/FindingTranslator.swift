import HiveCEL

/// What violates a rule: checks that fail, and findings that a block is named after. They are looked for in the texts
/// of the question; what no pattern finds counts where the question itself reports it under `args.TARGET`.
struct FindingTranslator {
    private let actions: [HAIveMindAction]

    init(_ rule: HAIveMindRule) { actions = rule.actions }

    /// What must hold for the effect to follow beside the conditions; nil where they alone decide.
    func violation(_ variables: inout RuleVariables) -> String? {
        let vetoes = actions.filter(\.isVeto)
        let checks = actions.filter { $0.type == .validate }
        // A veto that is named after nothing to be found, without a check beside it, is one of the operation itself.
        if checks.isEmpty, vetoes.contains(where: { !Detector.isFinding($0.target) }) { return nil }
        var findings: [String] = []
        for finding in vetoes.flatMap({ found($0, &variables) }) + checks.flatMap({ failed($0, &variables) })
        where !findings.contains(finding) {
            findings.append(finding)
        }
        return findings.isEmpty ? nil : findings.joined(separator: " || ")
    }

    private func found(_ veto: HAIveMindAction, _ variables: inout RuleVariables) -> [String] {
        Detector.conditions(veto.target).map { Self.isFound($0, &variables) } + [Self.reports(veto.target, &variables)]
    }

    /// Whether the question says of itself that it is so.
    private static func reports(_ target: String, _ variables: inout RuleVariables) -> String {
        let values = variables.reference(ContextField(argument: target).values, name: target)
        return "\(values).exists(v, !(v in [false, null, '', 0]))"
    }

    private func failed(_ check: HAIveMindAction, _ variables: inout RuleVariables) -> [String] {
        var findings: [String] = []
        for case .string(let pattern) in check.parameters.list("patterns") {
            let isSensitive = check.parameters["case_sensitive"]?.equals(.bool(true)) ?? false
            let core = Self.core(of: pattern)
            let test = Detector.matches(isSensitive ? core : "(?i)" + core)
            findings.append(Self.isFound(test, &variables))
        }
        if case .string(let name) = check.value {
            findings += Detector.conditions(name).map { Self.isFound($0, &variables) }
        }
        guard findings.isEmpty else { return findings }
        let values = variables.reference(
            ContextField(argument: check.target).values, name: check.target)
        return ["\(values).exists(v, v != \(CELText.literal(check.value)))"]
    }

    /// A search looks everywhere anyway: `.*` at the ends only costs time.
    private static func core(of pattern: String) -> String {
        var core = pattern[...]
        while core.hasPrefix(".*"), core.count > 2 { core = core.dropFirst(2) }
        while core.hasSuffix(".*"), core.count > 2, !core.hasSuffix("\\.*") { core = core.dropLast(2) }
        return core.hasPrefix("?") || core.hasPrefix("+") ? pattern : String(core)
    }

    /// A variable for each thing that is looked for: each has a bound of its own, so that large texts can be searched.
    private static func isFound(_ condition: String, _ variables: inout RuleVariables) -> String {
        let texts = variables.reference(self.texts, name: "all_texts")
        return variables.reference("\(texts).exists(t, \(condition))", name: "finding")
    }

    /// Every text of the question itself, and those of its arguments as far as they lie two levels deep.
    private static let texts =
        "[input.?content, input.?command, input.?url, input.?output, input.?path].map(o, o.orValue(''))"
        + " + [input.?args.orValue('')].map(a, type(a) == map ? a.map(k, a[k]) : [a])"
        + ".flatten(2).map(a, type(a) == map ? a.map(k, a[k]) : [a]).flatten(2).filter(t, type(t) == string)"
}
