/// Finds what is questionable about rules that are correct.
public enum RuleLinter {
    /// Something to look at.
    public struct Finding: Sendable, Hashable {
        public let rule: String
        public let message: String
        public let location: RuleLocation
    }

    public static func lint(_ rules: [Rule], now: Int64) -> [Finding] {
        let names = Set(rules.map(\.name))
        var findings: [Finding] = []
        for rule in rules {
            for message in problems(of: rule, names: names, now: now) {
                findings.append(Finding(rule: rule.name, message: message, location: rule.location))
            }
        }
        findings += duplicates(rules)
        return findings.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    }

    private static func problems(of rule: Rule, names: Set<String>, now: Int64) -> [String] {
        var problems: [String] = []
        if rule.tests.isEmpty {
            problems.append("has no tests; add at least one case that fires and one that does not")
        }
        if rule.effect.restricts, rule.message == nil { problems.append("restricts without a message; say why") }
        if rule.effect.restricts, rule.remediation == nil {
            problems.append("has no remediation; say what to do instead")
        }
        if let until = rule.effective.until?.milliseconds, until <= now {
            problems.append("has expired and decides nothing")
        }
        if let from = rule.effective.from?.milliseconds, let until = rule.effective.until?.milliseconds, until <= from {
            problems.append("ends before it begins and decides nothing")
        }
        if rule.match == RuleMatch() { problems.append("is asked for every input; name an event or a tool in match") }
        for name in rule.overrides where !names.contains(name) {
            problems.append("overrides `\(name)`, which is not among these rules")
        }
        return problems
    }

    /// Rules that look at the same inputs under the same condition and say different things, or the same twice.
    private static func duplicates(_ rules: [Rule]) -> [Finding] {
        var findings: [Finding] = []
        for (index, rule) in rules.enumerated() where !rule.effect.isSetting {
            let twin = rules[..<index].first {
                $0.match == rule.match && $0.when == rule.when && !$0.effect.isSetting && $0.params.isEmpty
                    && rule.params.isEmpty
            }
            guard let twin else { continue }
            let relation = twin.effect == rule.effect ? "says the same as" : "contradicts"
            findings.append(
                Finding(
                    rule: rule.name, message: "\(relation) `\(twin.name)` (\(twin.effect.rawValue))",
                    location: rule.location))
        }
        return findings
    }
}
