import HiveAPI
import Synchronization

/// Counts what the listeners answer.
final class HTTPMetrics: Sendable {
    /// Upper bounds of the duration buckets, in seconds.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Key: Hashable, Comparable {
        let interface: String
        let operation: String
        let status: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.interface, left.operation, left.status) < (right.interface, right.operation, right.status)
        }
    }

    private struct Durations {
        var buckets = [Int](repeating: 0, count: HTTPMetrics.bounds.count)
        var sum = 0.0
        var count = 0
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var durations: [String: Durations] = [:]
    }

    private let state = Mutex(State())

    func record(interface: String, operation: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[Key(interface: interface, operation: operation, status: status), default: 0] += 1
            var durations = state.durations[interface] ?? Durations()
            if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { durations.buckets[bucket] += 1 }
            durations.sum += seconds
            durations.count += 1
            state.durations[interface] = durations
        }
    }

    var samples: [MetricSample] {
        let state = self.state.withLock { $0 }
        let requests = state.requests.sorted { $0.key < $1.key }
        return requests.map { key, count in
            MetricSample(
                name: "agent_requests_total", type: .counter, help: "Requests answered.", labels: labels(key),
                value: Double(count))
        }
            + requests.filter { $0.key.status >= 400 }.map { key, count in
                MetricSample(
                    name: "agent_errors_total", type: .counter, help: "Requests answered with an error.",
                    labels: labels(key), value: Double(count))
            } + state.durations.sorted { $0.key < $1.key }.flatMap { histogram($0.key, $0.value) }
    }

    private func labels(_ key: Key) -> [String: String] {
        ["interface": key.interface, "operation": key.operation, "status": String(key.status)]
    }

    private func histogram(_ interface: String, _ durations: Durations) -> [MetricSample] {
        func sample(_ suffix: String, _ value: Double, bound: String? = nil) -> MetricSample {
            var labels = ["interface": interface]
            labels["le"] = bound
            return MetricSample(
                name: "agent_request_duration_seconds", type: .histogram, help: "Time to answer a request.",
                labels: labels, value: value, suffix: suffix)
        }
        var total = 0
        let buckets = zip(Self.bounds, durations.buckets).map { bound, count in
            total += count
            return sample("_bucket", Double(total), bound: "\(bound)")
        }
        return buckets + [
            sample("_bucket", Double(durations.count), bound: "+Inf"), sample("_sum", durations.sum),
            sample("_count", Double(durations.count)),
        ]
    }
}
