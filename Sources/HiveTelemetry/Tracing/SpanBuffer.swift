public import HiveAPI
import Synchronization

/// Spans that wait to be sent. What does not fit is dropped and counted: a collector that is slow or gone holds nobody up.
public final class SpanBuffer: Sendable {
    private struct State {
        var waiting: [FinishedSpan] = []
        var dropped: UInt64 = 0
        var sent: UInt64 = 0
        var failures: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    public init(capacity: Int = 8192) { self.capacity = capacity }

    func add(_ span: FinishedSpan) {
        state.withLock { state in
            if state.waiting.count < capacity { state.waiting.append(span) } else { state.dropped += 1 }
        }
    }

    /// The oldest ones, at most so many.
    func take(_ count: Int) -> [FinishedSpan] {
        state.withLock { state in
            let taken = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }

    func noteSent(_ count: Int) { state.withLock { $0.sent += UInt64(count) } }

    /// Spans that could not be sent are not tried again.
    func noteLost(_ count: Int) {
        state.withLock {
            $0.dropped += UInt64(count)
            $0.failures += 1
        }
    }

    var count: Int { state.withLock { $0.waiting.count } }

    public var samples: [MetricSample] {
        let state = state.withLock { $0 }
        return [
            MetricSample(
                name: "hive_spans_sent_total", type: .counter, help: "Spans that the collector took.",
                value: Double(state.sent)),
            MetricSample(
                name: "hive_spans_dropped_total", type: .counter,
                help: "Spans that were dropped, for want of room or of a collector.", value: Double(state.dropped)),
            MetricSample(
                name: "hive_span_exports_failed_total", type: .counter, help: "Batches that could not be sent.",
                value: Double(state.failures)),
        ]
    }
}
