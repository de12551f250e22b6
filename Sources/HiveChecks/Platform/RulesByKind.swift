import HiveRules

/// The rules of a law that are about manifests, by the kinds that they name.
struct RulesByKind {
    /// The places of all of them.
    private(set) var all: [Int] = []
    private var named: [String: [Int]] = [:]
    /// Those that name no kind, or name several by a pattern; whether they fit is for them to say.
    private var others: [Int] = []

    init(_ law: CompiledRuleSet) {
        for (place, rule) in law.rules.enumerated() where rule.match.events.contains("manifest.check") {
            all.append(place)
            let kinds = Set(rule.match.kinds)
            if kinds.isEmpty || kinds.contains(where: { $0.contains("*") || $0.contains("?") }) {
                others.append(place)
            } else {
                for kind in kinds { named[kind, default: []].append(place) }
            }
        }
    }

    /// The places of the rules that may be about a kind.
    subscript(kind: String) -> [Int] { (named[kind] ?? []) + others }
}
