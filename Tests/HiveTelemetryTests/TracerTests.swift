import HiveAPI
import Testing
import Tracing

@testable import HiveTelemetry

@Suite struct TracerTests {
    private let buffer = SpanBuffer(capacity: 4)

    private func tracer(share: Double = 1) -> HiveTracer {
        HiveTracer(sampler: TraceSampler(share: share), buffer: buffer)
    }

    private static func context(_ byte: UInt8, isSampled: Bool = true) throws -> TraceContext {
        try #require(
            TraceContext(
                trace: Array(repeating: byte, count: 16), span: Array(repeating: byte, count: 8), isSampled: isSampled))
    }

    @Test("A span inside of another one belongs to its trace")
    func nesting() {
        tracer().withSpan("outer") { outer in
            tracer().withSpan("inner") { inner in
                #expect(inner.context.trace?.trace == outer.context.trace?.trace)
                #expect(inner.context.trace?.span != outer.context.trace?.span)
            }
        }
        let spans = buffer.take(10)
        #expect(spans.map(\.name) == ["inner", "outer"])
        #expect(spans.first?.parent == spans.last?.identity.span && spans.last?.parent == nil)
    }

    @Test("Whoever began a trace says whether it is kept")
    func parentDecides() throws {
        var context = ServiceContext.topLevel
        context.trace = try Self.context(1, isSampled: false)
        tracer(share: 1).startSpan("dropped", context: context).end()
        context.trace = try Self.context(1)
        tracer(share: 0).startSpan("kept", context: context).end()
        #expect(buffer.take(10).map(\.name) == ["kept"])
    }

    @Test("A span whose id was settled before begins a trace; one that follows it finds it")
    func settled() throws {
        let root = try Self.context(9)
        var (first, second) = (ServiceContext.topLevel, ServiceContext.topLevel)
        (first.nextSpan, second.origin) = (root, root)
        tracer().startSpan("write", context: first).end()
        tracer().startSpan("arrive", context: second).end()
        let spans = buffer.take(10)
        #expect(spans.map(\.identity.trace) == [root.trace, root.trace])
        #expect(spans[0].identity.span == root.span && spans[0].parent == nil)
        #expect(spans[1].parent == root.span && spans[1].identity.span != root.span)
        #expect(spans[0].identity.isSampled)
        tracer(share: 0).startSpan("write", context: first).end()
        #expect(buffer.take(10).isEmpty, "its flag does not keep it where its id does not")
    }

    @Test("What does not fit is dropped and counted")
    func bounded() {
        for _ in 0..<6 { tracer().startSpan("one").end() }
        #expect(buffer.count == 4)
        #expect(buffer.samples.first { $0.name == "hive_spans_dropped_total" }?.value == 2)
    }

    @Test("The same share keeps the same traces everywhere, and about as many as it says")
    func sampling() {
        let (tenth, half) = (TraceSampler(share: 0.1), TraceSampler(share: 0.5))
        var generator = SplitMix(state: 42)
        var counts = (tenth: 0, half: 0)
        for _ in 0..<4000 {
            let trace = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let isInTenth = tenth.keeps(trace)
            if isInTenth { #expect(half.keeps(trace), "who keeps more keeps these too") }
            counts.tenth += isInTenth ? 1 : 0
            counts.half += half.keeps(trace) ? 1 : 0
            #expect(TraceSampler(share: 1).keeps(trace) && !TraceSampler(share: 0).keeps(trace))
        }
        #expect((320...480).contains(counts.tenth) && (1880...2120).contains(counts.half))
    }

    @Test("An error is told by its type and code, never by its words")
    func errors() throws {
        let span = tracer().startSpan("failing")
        span.recordError(HiveError(.notFound, "no memory says `my secret`"))
        span.end()
        let text = OTLPTraces.request(buffer.take(1), resource: [:]).text
        #expect(text.contains("not_found") && text.contains("HiveError") && !text.contains("secret"))
    }

    @Test("A traceparent goes in and out")
    func carrying() throws {
        struct Header: Extractor, Injector {
            func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
            func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
                carrier[key] = value
            }
        }
        let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        var context = ServiceContext.topLevel
        tracer().extract(["traceparent": text], into: &context, using: Header())
        var carrier: [String: String] = [:]
        tracer().inject(context, into: &carrier, using: Header())
        #expect(carrier == ["traceparent": text])
    }
}

/// A generator that gives the same numbers each time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
