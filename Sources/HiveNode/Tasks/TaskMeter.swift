import HiveAPI
import Synchronization

/// Counts what becomes of tasks whose home this node is.
final class TaskMeter: Sendable {
    private struct Counts {
        var claims = 0
        var refusals = 0
        var requeues = 0
        var results = 0
        var lateResults = 0
        var buckets = [Int](repeating: 0, count: TaskMeter.bounds.count)
        var seconds = 0.0
    }

    /// The upper ends of the buckets for how long claims waited, in seconds.
    private static let bounds = [0.01, 0.1, 1, 10, 60, 600]
    private let counts = Mutex(Counts())

    /// Counts one ruling.
    /// - Parameter waited: how long ago it was asked for, in seconds.
    func count(_ act: Ruling, waited: Double = 0) {
        counts.withLock { counts in
            switch act {
            case .grant:
                counts.claims += 1
                counts.seconds += max(0, waited)
                for (place, bound) in Self.bounds.enumerated() where waited <= bound { counts.buckets[place] += 1 }
            case .refusal: counts.refusals += 1
            case .requeue: counts.requeues += 1
            case .result: counts.results += 1
            case .lateResult: counts.lateResults += 1
            }
        }
    }

    enum Ruling: Sendable { case grant, refusal, requeue, result, lateResult }

    var samples: [MetricSample] {
        let counts = counts.withLock { $0 }
        let counters: [(String, String, Int)] = [
            ("hive_task_claims_total", "Claims to tasks granted by this node.", counts.claims),
            ("hive_task_refusals_total", "Claims to tasks refused by this node.", counts.refusals),
            ("hive_task_requeues_total", "Tasks that this node gave free again.", counts.requeues),
            ("hive_task_results_total", "Results of tasks accepted by this node.", counts.results),
            (
                "hive_task_late_results_total", "Results refused since their claim had come to its end.",
                counts.lateResults
            ),
        ]
        let name = "hive_task_claim_seconds"
        let help = "How long claims waited until they were granted."
        func sample(_ suffix: String, _ value: Double, _ labels: [String: String] = [:]) -> MetricSample {
            MetricSample(name: name, type: .histogram, help: help, labels: labels, value: value, suffix: suffix)
        }
        return counters.map { MetricSample(name: $0.0, type: .counter, help: $0.1, value: Double($0.2)) }
            + zip(Self.bounds, counts.buckets).map { sample("_bucket", Double($1), ["le": "\($0)"]) }
            + [
                sample("_bucket", Double(counts.claims), ["le": "+Inf"]), sample("_sum", counts.seconds),
                sample("_count", Double(counts.claims)),
            ]
    }
}
