import HiveAPI
import HiveCore
import HiveSync
import Tracing

/// Follows an operation from the node that wrote it to those that it reaches, as one trace.
///
/// Nothing of that travels: the trace and its first span are named by a hash of the operation's dot, which every holder
/// can work out. Whether such a trace is kept follows from its id, so that nodes that keep the same share of traces keep
/// the same ones.
enum OperationTrace {
    /// How many operations of one range are told; of a bulk the last ones.
    private static let told: UInt64 = 32

    /// The trace of a commit, and in it the span of its author.
    static func root(of dot: Dot) -> TraceContext? {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: dot.number >> (56 - 8 * $0)) }
        let hash = Digest.sha256(domain: "hive/1/trace", dot.log.digest.bytes, number).bytes
        return TraceContext(trace: Array(hash[..<16]), span: Array(hash[16..<24]), isSampled: true)
    }

    static func name(_ dot: Dot) -> String { "\(dot.log)#\(dot.number)" }

    /// Runs a commit in a span of its own, and begins the trace of what it wrote.
    static func following<Result>(_ commit: () async throws -> (result: Result, beginnings: [Dot])) async throws
        -> Result
    {
        try await withSpan("store.commit") { span in
            let start = DefaultTracerClock.now
            let (result, beginnings) = try await commit()
            for dot in beginnings { written(dot, by: span, since: start) }
            return result
        }
    }

    private static func written(_ dot: Dot, by cause: any Span, since start: DefaultTracerClock.Timestamp) {
        var context = ServiceContext.topLevel
        context.nextSpan = root(of: dot)
        let span = startSpan("operation.write", context: context, ofKind: .producer, at: start)
        span.attributes["hive.operation"] = name(dot)
        span.addLink(SpanLink(context: cause.context, attributes: [:]))
        span.end()
    }

    /// What of a peer's range is on disk now.
    static func arrived(
        _ range: LogRange, stored: UInt64, from peer: NodeID, since start: DefaultTracerClock.Timestamp,
        kernel: NodeKernel
    ) throws {
        let log = range.descriptor.id
        let first = max(range.last - min(stored, told) + 1, range.first)
        // One more, to see whether the first of them begins a commit.
        let operations = try kernel.read {
            try $0.logs.operations(.range(log, from: first > 1 ? first - 1 : first, through: range.last))
        }
        var goesOn = false
        for operation in operations {
            defer { goesOn = operation.header.continues }
            guard operation.dot.number >= first, !goesOn else { continue }
            var context = ServiceContext.topLevel
            context.origin = root(of: operation.dot)
            let span = startSpan("operation.arrive", context: context, ofKind: .consumer, at: start)
            span.attributes["hive.operation"] = name(operation.dot)
            span.attributes["hive.peer"] = peer.description
            span.end()
        }
    }
}
