import HiveServer
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A WebSocket client for tests.
enum WebSocketClient {
    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    enum Outcome: Sendable {
        case accepted(Frames)
        /// The status of the answer, once it is there.
        case refused(EventLoopFuture<Int>)

        var frames: Frames? {
            guard case .accepted(let frames) = self else { return nil }
            return frames
        }

        func status() async throws -> Int? {
            guard case .refused(let status) = self else { return nil }
            return try await status.get()
        }
    }

    static func connect(
        _ address: ListenAddress, path: String, token: String, protocols: String? = nil
    ) async throws -> Outcome {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        let negotiated: EventLoopFuture<Outcome> =
            try await bootstrap.connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketClientUpgrader<Outcome>(
                        upgradePipelineHandler: { channel, _ in
                            channel.eventLoop.makeCompletedFuture {
                                .accepted(try Frames(wrappingChannelSynchronously: channel))
                            }
                        })
                    var headers = HTTPHeaders([("Host", address.description)])
                    if !token.isEmpty { headers.add(name: "Authorization", value: "Bearer \(token)") }
                    if let protocols { headers.add(name: "Sec-WebSocket-Protocol", value: protocols) }
                    let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
                    let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                        upgradeRequestHead: head, upgraders: [upgrader],
                        notUpgradingCompletionHandler: { channel in refusal(channel) })
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: .init(upgradeConfiguration: configuration))
                }
            }
        return try await negotiated.get()
    }

    private static func refusal(_ channel: any Channel) -> EventLoopFuture<Outcome> {
        // The answer's head comes through only after this has returned.
        let promise = channel.eventLoop.makePromise(of: Int.self)
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(StatusReader(promise))
            return .refused(promise.futureResult)
        }
    }

    static func frame(_ opcode: WebSocketOpcode, _ text: String) -> WebSocketFrame {
        WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: ByteBuffer(string: text))
    }

    /// The content of the next frame of this kind; frames of other kinds are passed over.
    @discardableResult
    static func skip(
        _ iterator: inout NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator, until opcode: WebSocketOpcode
    ) async throws -> [UInt8] {
        while let frame = try await iterator.next() {
            if frame.opcode == opcode { return Array(frame.unmaskedData.readableBytesView) }
        }
        throw ChannelError.eof
    }

    /// Hears the status of an answer that is no upgrade.
    private final class StatusReader: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        private let promise: EventLoopPromise<Int>

        init(_ promise: EventLoopPromise<Int>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            promise.succeed(Int(head.status.code))
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }
    }
}
