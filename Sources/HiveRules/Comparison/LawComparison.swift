public import HiveCEL

/// Which inputs two sets of rules decide differently.
public struct LawComparison: Sendable {
    public let differences: [Difference]
    /// How many inputs were decided by both.
    public let inputs: Int

    /// One input with both answers.
    public struct Difference: Sendable {
        public let input: Value
        public let before: Verdict
        public let after: Verdict
    }

    /// Decides every input by both sets. `now` is in Unix milliseconds.
    public static func compare(
        _ old: CompiledRuleSet, _ new: CompiledRuleSet, inputs: [Value], now: Int64
    ) -> LawComparison {
        var differences: [Difference] = []
        for input in inputs {
            let before = Verdict(input, by: old, now: now)
            let after = Verdict(input, by: new, now: now)
            if before != after { differences.append(Difference(input: input, before: before, after: after)) }
        }
        return LawComparison(differences: differences, inputs: inputs.count)
    }

    /// Differences with the same answers before and after, those with the most inputs first.
    public var groups: [(before: Verdict, after: Verdict, inputs: [Value])] {
        var order: [[Verdict]] = []
        var inputs: [[Verdict]: [Value]] = [:]
        for difference in differences {
            let key = [difference.before, difference.after]
            if inputs[key] == nil { order.append(key) }
            inputs[key, default: []].append(difference.input)
        }
        return order.map { ($0[0], $0[1], inputs[$0] ?? []) }.sorted { $0.2.count > $1.2.count }
    }
}
