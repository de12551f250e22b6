import HiveAPI
import Synchronization
public import Tracing

/// A span under way. One that is not kept only hands on its context.
public final class RecordedSpan: Span {
    /// How much is kept of one span.
    private enum Limit {
        static let events = 32
        static let links = 32
        static let attributes = 64
    }

    public let context: ServiceContext
    private let state: Mutex<FinishedSpan?>
    private let buffer: SpanBuffer
    private let name: Mutex<String>

    /// - Parameter record: nil for a span that is not kept.
    init(_ record: FinishedSpan?, name: String, context: ServiceContext, buffer: SpanBuffer) {
        self.context = context
        self.buffer = buffer
        self.name = Mutex(name)
        state = Mutex(record)
    }

    public var isRecording: Bool { state.withLock { $0 != nil } }

    public var operationName: String {
        get { name.withLock { $0 } }
        set { name.withLock { $0 = newValue } }
    }

    public var attributes: SpanAttributes {
        get { state.withLock { $0?.attributes ?? [:] } }
        set { state.withLock { if newValue.count <= Limit.attributes { $0?.attributes = newValue } } }
    }

    public func setStatus(_ status: SpanStatus) { state.withLock { $0?.status = status } }

    public func addEvent(_ event: SpanEvent) {
        let event = FinishedSpan.Event(
            name: event.name, nanoseconds: event.nanosecondsSinceEpoch, attributes: event.attributes.values)
        state.withLock { if ($0?.events.count ?? Limit.events) < Limit.events { $0?.events.append(event) } }
    }

    /// Says of what type an error is and no more: what it tells people may quote what somebody wrote.
    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        var attributes = attributes
        attributes["exception.type"] = String(describing: type(of: error))
        if let error = error as? HiveError { attributes["hive.code"] = error.code.name }
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: attributes))
    }

    public func addLink(_ link: SpanLink) {
        guard let trace = link.context.trace else { return }
        state.withLock { if ($0?.links.count ?? Limit.links) < Limit.links { $0?.links.append(trace) } }
    }

    /// The first end counts.
    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let ended = state.withLock { state in
            defer { state = nil }
            return state
        }
        guard var ended else { return }
        ended.end = max(instant().nanosecondsSinceEpoch, ended.start)
        ended.name = operationName
        buffer.add(ended)
    }
}
