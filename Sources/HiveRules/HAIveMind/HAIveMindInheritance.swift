/// Rules with what they inherit: a parent's conditions hold beside the child's own, a parent's actions follow where the
/// child has none with the same target.
struct HAIveMindInheritance {
    private let rules: [String: HAIveMindRule]

    init(_ rules: [HAIveMindRule]) {
        self.rules = Dictionary(rules.map { ($0.id ?? $0.name, $0) }) { first, _ in first }
    }

    func completed(_ rule: HAIveMindRule) throws(RuleError) -> HAIveMindRule {
        var result = rule
        var seen = [rule.id ?? rule.name]
        var next = rule.parent
        while let id = next {
            guard !seen.contains(id) else {
                throw RuleError(
                    "rules inherit from each other in a circle: \((seen + [id]).joined(separator: " → "))",
                    at: rule.location, hint: "take one parent_rule_id out")
            }
            seen.append(id)
            guard let parent = rules[id] else { break }
            let targets = Set(result.actions.map(\.target))
            result.conditions = parent.conditions + result.conditions
            result.actions = parent.actions.filter { !targets.contains($0.target) } + result.actions
            next = parent.parent
        }
        return result
    }
}
