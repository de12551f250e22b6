import HiveCEL

/// What rules do to each other.
enum RulePairs {
    /// Problems of one rule with others of the set, each pair told once.
    static func problems(of place: Int, in set: CompiledRuleSet) -> [RuleLinter.Problem] {
        let rule = set.compiled[place]
        guard rule.rule.enforcement == .enforce else { return [] }
        var problems: [RuleLinter.Problem] = []
        for (other, candidate) in set.compiled.enumerated() where other != place {
            guard candidate.rule.enforcement == .enforce else { continue }
            if let problem = twins(rule.rule, candidate.rule, isFirst: place < other) {
                problems.append(problem)
            } else if let problem = shadow(rule.rule, candidate.rule) ?? (place > other ? tie(rule, candidate) : nil) {
                problems.append(problem)
            }
        }
        return problems
    }

    /// Rules that look at the same inputs under the same condition and say different things, or the same twice.
    private static func twins(_ rule: Rule, _ other: Rule, isFirst: Bool) -> RuleLinter.Problem? {
        guard !isFirst, !rule.effect.isSetting, !other.effect.isSetting, isSameReach(rule, other),
            !rule.overrides.contains(other.name), !other.overrides.contains(rule.name)
        else { return nil }
        if rule.effect == other.effect { return .init("duplicate", "says the same as `\(other.name)`") }
        return .init(
            "contradiction",
            "contradicts `\(other.name)` (\(other.effect.rawValue)); the first effect in the order wins")
    }

    private static func isSameReach(_ rule: Rule, _ other: Rule) -> Bool {
        rule.match == other.match && rule.when == other.when && rule.variables == other.variables
            && rule.effective == other.effective && rule.violation == other.violation
            && rule.assignments == other.assignments && rule.params.isEmpty && other.params.isEmpty
    }

    /// A rule that never decides, since another one applies wherever it does and comes first.
    private static func shadow(_ rule: Rule, _ other: Rule) -> RuleLinter.Problem? {
        // What is cheap to see first: there are as many pairs as rules times rules.
        guard !rule.effect.isSetting, !other.effect.isSetting, rule.effect != .annotate, precedes(other, rule),
            other.when == nil || (other.when == rule.when && other.params.isEmpty && rule.params.isEmpty),
            other.effective.isUnlimited, other.violation == nil, other.assignments.isEmpty,
            !rule.overrides.contains(other.name), !isSameReach(rule, other),
            covers(other.match, rule.match)
        else { return nil }
        return .init("shadowed", "never decides: `\(other.name)` (\(other.effect.rawValue)) applies wherever it does")
    }

    private static func precedes(_ one: Rule, _ other: Rule) -> Bool {
        one.effect.order < other.effect.order || (one.effect == other.effect && one.priority > other.priority)
    }

    /// Whether every input that the second looks at is one that the first looks at.
    private static func covers(_ wide: RuleMatch, _ narrow: RuleMatch) -> Bool {
        let inner = Dictionary(uniqueKeysWithValues: narrow.lists.map { ($0.name, $0.patterns) })
        return wide.lists.allSatisfy { list in
            guard let patterns = inner[list.name] else { return false }
            let globs = list.patterns.map { Glob($0, isPath: list.name == "paths") }
            return patterns.allSatisfy { pattern in
                list.patterns.contains(pattern)
                    || (!pattern.contains { "*?".contains($0) } && globs.contains { $0.matches(pattern) })
            }
        }
    }

    /// Rules of equal rank that would change the same thing to different values: their names settle it.
    private static func tie(_ rule: CompiledRule, _ other: CompiledRule) -> RuleLinter.Problem? {
        let (a, b) = (rule.rule, other.rule)
        guard a.changesAnything, b.changesAnything, a.priority == b.priority, a.scope == b.scope,
            a.version == b.version, GuardLogic.mayOverlap(rule, other)
        else { return nil }
        for one in a.changes where one.effect == .set {
            let isContested = b.changes.contains {
                $0.effect == .set && $0.name == one.name && !$0.value.equals(one.value)
            }
            guard isContested else { continue }
            return .init(
                "equal-rank", "sets `\(one.name)` as `\(b.name)` does, at the same rank; give one a higher priority")
        }
        let shared = Set(a.transform.keys).intersection(b.transform.keys).sorted()
        if let field = shared.first, a.transform[field] != b.transform[field] {
            return .init(
                "equal-rank", "replaces `\(field)` as `\(b.name)` does, at the same rank; give one a higher priority")
        }
        return nil
    }
}

extension Rule {
    /// Whether settings or inputs change by it.
    fileprivate var changesAnything: Bool { setting != nil || !settings.isEmpty || !transform.isEmpty }
}
