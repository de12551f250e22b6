/// Finds what is questionable about rules that are correct.
public enum RuleLinter {
    /// Something to look at.
    public struct Finding: Sendable, Hashable {
        public let rule: String
        /// What kind of finding it is, as a word that programs may hold on to.
        public let code: String
        public let message: String
        public let location: RuleLocation
    }

    /// All findings, in the order of the files. `now` is in Unix milliseconds.
    public static func lint(_ set: CompiledRuleSet, now: Int64) -> [Finding] {
        var findings: [Finding] = []
        let coverage = RuleCoverage.measure(set, now: now)
        let index = set.indexReport
        for (place, rule) in set.compiled.enumerated() {
            var problems = RuleHabits.problems(of: rule, names: Set(set.rules.map(\.name)), now: now)
            problems += ConditionLint.problems(of: rule, schema: set.schema)
            problems += RegexLint.problems(of: rule)
            problems += tests(rule.rule, coverage.rules[place])
            if let warning = index.entries[place].warning, set.index.paths[place].isEmpty {
                problems.append(Problem("unindexed", warning))
            }
            problems += RulePairs.problems(of: place, in: set)
            findings += problems.map { $0.finding(rule.rule) }
        }
        findings += exceptions(set, now)
        return findings.sorted { ($0.location, $0.rule, $0.message) < ($1.location, $1.rule, $1.message) }
    }

    /// What is found about a rule, before it has a place.
    struct Problem {
        let code: String
        let message: String
        /// The key in `spec` that it is about.
        let key: String?

        init(_ code: String, _ message: String, key: String? = nil) {
            self.code = code
            self.message = message
            self.key = key
        }

        func finding(_ rule: Rule) -> Finding {
            Finding(
                rule: rule.name, code: code, message: message, location: key.map(rule.location(of:)) ?? rule.location)
        }
    }

    private static func tests(_ rule: Rule, _ coverage: RuleCoverage.Entry) -> [Problem] {
        guard !rule.tests.isEmpty else {
            return [Problem("no-tests", "has no tests; add at least one case that fires and one that does not")]
        }
        return coverage.missing.filter { $0.hasPrefix("no case") }.map { Problem("one-sided-tests", "has \($0)") }
    }

    private static func exceptions(_ set: CompiledRuleSet, _ now: Int64) -> [Finding] {
        zip(set.exceptions, set.compiledExceptions).compactMap { exception, compiled in
            guard let until = compiled.until, until <= now else { return nil }
            return Finding(
                rule: exception.name, code: "expired", message: "has expired; remove it", location: exception.location)
        }
    }
}
