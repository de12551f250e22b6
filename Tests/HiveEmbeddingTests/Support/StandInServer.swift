import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on loopback that answers as a test wants it to. Written from the published descriptions of the OpenAI API and
/// of Ollama; none of the real ones was at hand.
final class StandInServer: Sendable {
    struct Request: Sendable {
        let path: String
        let authorization: String?
        let body: [UInt8]
    }

    enum Reply: Sendable {
        case answer(status: Int = 200, type: String = "application/json", headers: [String: String] = [:], [UInt8])
        /// A byte now and then, without an end.
        case drip
        case never
        case close

        static func json(_ text: String, status: Int = 200) -> Reply { .answer(status: status, Array(text.utf8)) }
    }

    private let received = Mutex<[Request]>([])
    private let reply: @Sendable (Request) -> Reply
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    init(reply: @escaping @Sendable (Request) -> Reply) async throws {
        self.reply = reply
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [weak self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(StandInHandler { self?.take($0) ?? .close })
                }
            }.bind(host: "127.0.0.1", port: 0).get()
        self.channel.withLock { $0 = channel }
    }

    var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)" }
    var requests: [Request] { received.withLock { $0 } }

    func stop() async throws { try await channel.withLock { $0 }?.close() }

    private func take(_ request: Request) -> Reply {
        received.withLock { $0.append(request) }
        return reply(request)
    }

    deinit { channel.withLock { $0 }?.close(promise: nil) }
}

private final class StandInHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let reply: (StandInServer.Request) -> StandInServer.Reply
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(reply: @escaping (StandInServer.Request) -> StandInServer.Reply) { self.reply = reply }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let part): body += part.readableBytesView
        case .end: answer(context)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let request = StandInServer.Request(
            path: head.uri, authorization: head.headers.first(name: "authorization"), body: body)
        switch reply(request) {
        case .answer(let status, let type, let headers, let bytes):
            let fixed = [("content-type", type), ("content-length", "\(bytes.count)")]
            start(context, status, fixed + headers.map { ($0, $1) })
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .drip:
            start(context, 200, [("content-type", "application/json"), ("transfer-encoding", "chunked")])
            drip(context)
        case .never: break
        case .close: context.close(promise: nil)
        }
    }

    private func start(_ context: ChannelHandlerContext, _ status: Int, _ headers: [(String, String)]) {
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: HTTPHeaders(headers))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: " ")))), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(10)) { handler.value.drip(bound.value) }
    }
}
