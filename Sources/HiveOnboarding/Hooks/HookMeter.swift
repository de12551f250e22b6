import HiveAPI
import HiveHooks
import Synchronization

/// Counts what hooks were answered.
final class HookMeter: Sendable {
    private struct Key: Hashable, Comparable {
        let client: String
        let event: String
        let effect: String

        static func < (left: Key, right: Key) -> Bool {
            (left.client, left.event, left.effect) < (right.client, right.event, right.effect)
        }
    }

    private let counts = Mutex<[Key: Int]>([:])

    func count(_ client: HookClient, _ moment: HookMoment, _ effect: HookVerdict.Effect) {
        let key = Key(client: client.rawValue, event: "\(moment)", effect: effect.rawValue)
        counts.withLock { $0[key, default: 0] += 1 }
    }

    var samples: [MetricSample] {
        counts.withLock { $0 }.sorted { $0.key < $1.key }.map { key, count in
            MetricSample(
                name: "hive_hook_decisions_total", type: .counter, help: "Events of agents' clients decided.",
                labels: ["client": key.client, "event": key.event, "effect": key.effect], value: Double(count))
        }
    }
}
