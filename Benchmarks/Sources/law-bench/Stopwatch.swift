import Foundation
import HiveCEL

/// Times in nanoseconds, by the clock that the peers go by as well.
struct Stopwatch {
    private let start = Self.now

    var nanoseconds: Int64 { Self.now - start }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// Samples of one thing.
struct Samples {
    private var values: [Int64] = []

    mutating func append(_ value: Int64) { values.append(value) }

    mutating func add(_ other: Samples) { values += other.values }

    /// The value below which a share of the samples lies.
    private static func percentile(_ share: Double, of sorted: [Int64]) -> Int64 {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// In nanoseconds.
    var summary: Value {
        let sorted = values.sorted()
        return .map(
            ValueMap([
                "p50": .int(Self.percentile(0.5, of: sorted)), "p99": .int(Self.percentile(0.99, of: sorted)),
                "samples": .int(Int64(sorted.count)),
            ]))
    }
}
