import HiveAPI
public import Tracing

/// Makes spans, and carries them from one process to another as W3C Trace Context.
public struct HiveTracer: Tracer {
    public typealias Span = RecordedSpan

    private let sampler: TraceSampler
    private let buffer: SpanBuffer

    public init(sampler: TraceSampler, buffer: SpanBuffer) {
        self.sampler = sampler
        self.buffer = buffer
    }

    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        var context = context()
        let (identity, parent) = place(context)
        (context.nextSpan, context.origin) = (nil, nil)
        context.trace = identity
        let record = FinishedSpan(
            name: operationName, kind: kind, identity: identity, parent: parent,
            start: instant().nanosecondsSinceEpoch)
        return RecordedSpan(
            identity.isSampled ? record : nil, name: operationName, context: context, buffer: buffer)
    }

    public func startAnySpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> any Tracing.Span {
        startSpan(
            operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID,
            line: line)
    }

    /// Which span this is to be, and which one it follows.
    private func place(_ context: ServiceContext) -> (TraceContext, parent: [UInt8]?) {
        if let settled = context.nextSpan {
            return (Self.context(settled.trace, settled.span, sampler.keeps(settled.trace)), nil)
        }
        if let origin = context.origin {
            return (Self.context(origin.trace, Self.random(8), sampler.keeps(origin.trace)), origin.span)
        }
        if let parent = context.trace {
            return (Self.context(parent.trace, Self.random(8), parent.isSampled), parent.span)
        }
        let trace = Self.random(16)
        return (Self.context(trace, Self.random(8), sampler.keeps(trace)), nil)
    }

    private static func context(_ trace: [UInt8], _ span: [UInt8], _ isSampled: Bool) -> TraceContext {
        guard let context = TraceContext(trace: trace, span: span, isSampled: isSampled) else {
            preconditionFailure("ids that this tracer made are of the right length and not zero")
        }
        return context
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        // The first byte is never zero, and with it the whole.
        return [UInt8.random(in: 1...255, using: &generator)]
            + (1..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    public func forceFlush() { /* the exporter sends what waits when it ends */  }

    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let text = extractor.extract(key: "traceparent", from: carrier) else { return }
        context.trace = TraceContext(traceparent: text)
    }

    public func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
    }
}
