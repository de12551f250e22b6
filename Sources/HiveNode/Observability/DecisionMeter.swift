import HiveAPI
import HiveRules
import Synchronization

/// Counts decisions: by effect, by rule that could not be answered, by how long they took.
final class DecisionMeter: Sendable {
    private struct Counts {
        var effects: [RuleEffect: Int] = [:]
        /// By rule.
        var failures: [String: Int] = [:]
        var buckets = [Int](repeating: 0, count: DecisionMeter.bounds.count)
        var seconds = 0.0
        var total = 0
    }

    /// The upper ends of the buckets, in seconds.
    private static let bounds = [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 1e-3, 1e-2]
    private let counts = Mutex(Counts())

    func count(_ decision: Decision) {
        let seconds = Double(decision.durationNanoseconds) / 1e9
        counts.withLock { counts in
            counts.effects[decision.effect, default: 0] += 1
            for failure in decision.errors { counts.failures[failure.id, default: 0] += 1 }
            for (place, bound) in Self.bounds.enumerated() where seconds <= bound { counts.buckets[place] += 1 }
            counts.seconds += seconds
            counts.total += 1
        }
    }

    var samples: [MetricSample] {
        let counts = counts.withLock { $0 }
        guard counts.total > 0 else { return [] }
        let effects = RuleEffect.allCases.compactMap { effect in
            counts.effects[effect].map {
                MetricSample(
                    name: "hive_decisions_total", type: .counter, help: "Decisions by effect.",
                    labels: ["effect": effect.rawValue], value: Double($0))
            }
        }
        let failures = counts.failures.sorted { $0.key < $1.key }.map { rule, count in
            MetricSample(
                name: "hive_rule_errors_total", type: .counter,
                help: "Decisions in which a rule could not be answered.",
                labels: ["rule": rule], value: Double(count))
        }
        return effects + failures + durations(counts)
    }

    private func durations(_ counts: Counts) -> [MetricSample] {
        func sample(_ suffix: String, _ value: Double, _ labels: [String: String] = [:]) -> MetricSample {
            MetricSample(
                name: "hive_decision_duration_seconds", type: .histogram, help: "How long decisions took.",
                labels: labels, value: value, suffix: suffix)
        }
        let buckets = zip(Self.bounds, counts.buckets).map { sample("_bucket", Double($1), ["le": "\($0)"]) }
        return buckets + [
            sample("_bucket", Double(counts.total), ["le": "+Inf"]), sample("_sum", counts.seconds),
            sample("_count", Double(counts.total)),
        ]
    }
}
