import HTTPTypes
import HiveAPI
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL
import NIOWebSocket

/// One accepted connection: HTTP/1.1, or a WebSocket with events once its first request asks for that and is let in.
struct UpgradableChannel: HTTPChannelHandler {
    typealias HTTPConnection = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// How long a connection may be silent between requests.
    static let idleTimeout = Duration.seconds(75)
    /// Bytes of events that the system may hold for one listener.
    static let sendBuffer: SocketOptionValue = 64 << 10

    enum Negotiated: Sendable {
        case http(HTTPConnection)
        case events(EventsConnection.Frames, EventsEndpoint.Subscription)
    }

    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let negotiated: EventLoopFuture<Negotiated>
    }

    let responder: HTTPChannelHandler.Responder
    let door: Door
    /// Nil where a port has no events.
    let events: EventsEndpoint?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let upgrade = NIOTypedHTTPServerUpgradeConfiguration<Negotiated>(
                upgraders: events.map { [upgrader($0)] } ?? [],
                notUpgradingCompletionHandler: { channel in plain(channel, logger) })
            var pipeline = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrade)
            // The async channel takes one request at a time.
            pipeline.enablePipelining = false
            pipeline.enableErrorHandling = false
            pipeline.enableResponseHeaderValidation = false
            let operations = channel.pipeline.syncOperations
            let reading = RequestReadingGuard(
                door.limits, largestBody: RESTInterface.largestBody, refusal: door.count(channel))
            if let context = door.identity?.context { try operations.addHandler(NIOSSLServerHandler(context: context)) }
            try operations.addHandler(HeadWatch(reading))
            let negotiated = try operations.configureUpgradableHTTPServerPipeline(configuration: pipeline)
            let decoder = try operations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let filter = UpgradeFilter { head in events != nil && EventsEndpoint.concerns(HTTPCall(head)) }
            try operations.addHandlers([reading, filter], position: .after(decoder))
            return Value(channel: channel, negotiated: negotiated)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.negotiated.get() {
            case .http(let connection): await handleHTTP(asyncChannel: connection, logger: logger)
            case .events(let frames, let subscription):
                guard let events else { return }
                try await door.whileHolding(subscription.access, subscription.token, closing: frames.channel) {
                    try await EventsConnection(frames: frames, subscription: subscription).run(events.events)
                }
            }
        } catch {
            logger.debug("a connection ended", metadata: ["reason": "\(error)"])
        }
    }

    private func plain(_ channel: any Channel, _ logger: Logger) -> EventLoopFuture<Negotiated> {
        channel.eventLoop.makeCompletedFuture {
            let operations = channel.pipeline.syncOperations
            try operations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try operations.addHandler(HTTPConnectionStateHandler(idleTimeout: Self.idleTimeout, logger: logger))
            return .http(
                try HTTPConnection(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }

    private func upgrader(_ endpoint: EventsEndpoint) -> NIOTypedWebSocketServerUpgrader<Negotiated> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: 1 << 16,
            shouldUpgrade: { channel, head in
                do {
                    let call = HTTPCall(head, from: RemoteAddress(channel.remoteAddress))
                    _ = try endpoint.gate.admit(call)
                    let subscription = try endpoint.subscribe(call)
                    try door.keep(channel, of: subscription.caller, from: call.address)
                    let headers = subscription.subprotocol.map { [("Sec-WebSocket-Protocol", $0)] } ?? []
                    return channel.eventLoop.makeSucceededFuture(HTTPHeaders(headers))
                } catch {
                    return refuse(channel, HiveError.wrapping(error)).map { nil }
                }
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    let frames = NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 16, maxAccumulatedFrameSize: 1 << 16)
                    try channel.pipeline.syncOperations.addHandler(frames)
                    // The system, too, keeps little for a listener that does not read.
                    try channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: Self.sendBuffer)
                    return .events(
                        try EventsConnection.Frames(wrappingChannelSynchronously: channel),
                        try endpoint.subscribe(HTTPCall(head, from: RemoteAddress(channel.remoteAddress))))
                }
            })
    }

    /// NIO forgets the head of an upgrade that is declined, so the refusal is answered here and not by the router.
    private func refuse(_ channel: any Channel, _ error: HiveError) -> EventLoopFuture<Void> {
        let reply = HTTPReply.problem(error, headers: [("Connection", "close")])
        channel.write(HTTPServerResponsePart.head(reply.head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: reply.body))), promise: nil)
        return channel.writeAndFlush(HTTPServerResponsePart.end(nil)).flatMap { channel.close() }
    }
}

extension HTTPCall {
    /// The call that a request's head announces, without its body.
    init(_ head: HTTPRequestHead, from address: RemoteAddress? = nil) {
        self.init(
            method: head.method.rawValue, target: head.uri,
            headers: head.headers.map { (name: $0.name, value: $0.value) }, address: address)
    }
}
