import HiveAPI

/// How often values were how large, for Prometheus.
struct Histogram: Sendable {
    private let bounds: [Double]
    private var counts: [Int]
    private var sum = 0.0
    private(set) var total = 0

    /// - Parameter bounds: the upper ends of the buckets, ascending; what lies above them all is counted as well.
    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }

    mutating func record(_ value: Double) {
        if let place = bounds.firstIndex(where: { value <= $0 }) { counts[place] += 1 }
        sum += value
        total += 1
    }

    func samples(_ name: String, help: String, labels: [String: String] = [:]) -> [MetricSample] {
        func sample(_ suffix: String, _ value: Double, bound: String? = nil) -> MetricSample {
            var labels = labels
            labels["le"] = bound
            return MetricSample(
                name: name, type: .histogram, help: help, labels: labels, value: value, suffix: suffix)
        }
        var below = 0
        let buckets = zip(bounds, counts).map { bound, count in
            below += count
            return sample("_bucket", Double(below), bound: "\(bound)")
        }
        return buckets + [
            sample("_bucket", Double(total), bound: "+Inf"), sample("_sum", sum), sample("_count", Double(total)),
        ]
    }
}
