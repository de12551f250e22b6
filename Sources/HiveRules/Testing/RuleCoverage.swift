import HiveCEL

/// How much of the rules their cases exercise: whether each rule was seen to apply and not to, and each part of its
/// condition (what stands between `&&`, `||` and `!`) to be true and false.
public struct RuleCoverage: Sendable {
    public let rules: [Entry]

    /// One rule.
    public struct Entry: Sendable, Hashable {
        public let rule: String
        public let location: RuleLocation
        /// What was never seen, as sentences.
        public let missing: [String]
        public let seen: Int
        public let total: Int

        /// From 0 to 100.
        public var percent: Int { total == 0 ? 100 : seen * 100 / total }
    }

    /// Of all rules together, from 0 to 100.
    public var percent: Int {
        let total = rules.map(\.total).reduce(0, +)
        return total == 0 ? 100 : rules.map(\.seen).reduce(0, +) * 100 / total
    }

    /// Asks every rule for its own cases and for those that concern it. `now` is in Unix milliseconds.
    public static func measure(_ set: CompiledRuleSet, now: Int64) -> RuleCoverage {
        var probes = set.compiled.map { CoverageProbe($0) }
        let own = Dictionary(grouping: set.compiled.indices) { set.compiled[$0].rule.name }
        for entry in RuleTester.cases(of: set) {
            guard let input = question(entry, set) else { continue }
            let inquiry = Inquiry(input, fields: set.fields, now: entry.test.time ?? now)
            var places = Set(set.index.candidates(inquiry))
            places.formUnion(own[entry.rule] ?? [])
            for place in places { probes[place].ask(inquiry) }
        }
        return RuleCoverage(rules: probes.map(\.entry))
    }

    /// Nil for a case whose input is refused; the run of the cases says so.
    private static func question(_ entry: RuleCase, _ set: CompiledRuleSet) -> DecisionInput? {
        do { return try DecisionInput(entry.test.input, schema: set.schema) } catch { return nil }
    }
}
