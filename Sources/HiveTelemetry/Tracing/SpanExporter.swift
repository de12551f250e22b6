import AsyncHTTPClient
import HiveAPI
public import Logging
import NIOCore
import NIOHTTP1
public import ServiceLifecycle

/// Sends spans to a collector: OTLP over HTTP, in JSON, in batches. A batch that is refused is dropped; a collector that
/// is not there is said once and asked again with the next batch.
public struct SpanExporter: Service {
    /// Spans in one request.
    private static let batch = 512
    /// How often is looked for spans.
    private static let interval = Duration.seconds(1)

    private let endpoint: String
    private let resource: [String: String]
    private let buffer: SpanBuffer
    private let logger: Logger

    /// - Parameters:
    ///   - endpoint: the whole address that spans are posted to, like `http://127.0.0.1:4318/v1/traces`.
    ///   - resource: who sends them: `service.name` and its like.
    public init(endpoint: String, resource: [String: String], buffer: SpanBuffer, logger: Logger) {
        self.endpoint = endpoint
        self.resource = resource
        self.buffer = buffer
        self.logger = logger
    }

    /// Its own calls are no part of any trace.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.tracing.tracer = nil
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Runs until the group shuts down; sends what waits then.
    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                var isFailing = false
                while true {
                    try await Task.sleep(for: Self.interval)
                    isFailing = await sendAll(within: .seconds(10), isFailing: isFailing)
                }
            }
        } catch is CancellationError { /* the stop that was waited for */  }
        _ = await sendAll(within: .seconds(2), isFailing: true)
    }

    /// Answers whether the last batch could not be sent.
    private func sendAll(within limit: TimeAmount, isFailing: Bool) async -> Bool {
        var isFailing = isFailing
        while true {
            let spans = buffer.take(Self.batch)
            guard !spans.isEmpty else { return isFailing }
            if let problem = await send(spans, within: limit) {
                buffer.noteLost(spans.count)
                if !isFailing { logger.warning("traces are not taken: \(problem)") }
                return true
            }
            buffer.noteSent(spans.count)
            isFailing = false
        }
    }

    /// Answers with what went wrong.
    private func send(_ spans: [FinishedSpan], within limit: TimeAmount) async -> String? {
        var request = HTTPClientRequest(url: endpoint)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: OTLPTraces.request(spans, resource: resource).bytes))
        do {
            let response = try await Self.client.execute(request, timeout: limit)
            _ = try await response.body.collect(upTo: 1 << 16)
            return (200..<300).contains(response.status.code) ? nil : "status \(response.status.code)"
        } catch {
            return "\(error)"
        }
    }
}
