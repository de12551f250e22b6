import HiveAPI
import Tracing

/// What is told of a span once it has ended.
struct FinishedSpan: Sendable {
    struct Event: Sendable {
        let name: String
        let nanoseconds: UInt64
        let attributes: [String: SpanAttribute]
    }

    var name: String
    let kind: SpanKind
    let identity: TraceContext
    let parent: [UInt8]?
    let start: UInt64
    var end: UInt64 = 0
    var attributes: SpanAttributes = [:]
    var events: [Event] = []
    var links: [TraceContext] = []
    var status: SpanStatus?
}

extension SpanAttributes {
    /// All of them, by name.
    var values: [String: SpanAttribute] {
        var values: [String: SpanAttribute] = [:]
        forEach { values[$0] = $1 }
        return values
    }
}
