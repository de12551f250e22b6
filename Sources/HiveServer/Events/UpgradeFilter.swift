import NIOCore
import NIOHTTP1

/// Removes `Upgrade` headers that nobody here handles, such as `h2c`: with them the upgrade handler would swallow the
/// request and the connection would hang.
final class UpgradeFilter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let keeps: @Sendable (HTTPRequestHead) -> Bool

    init(keeps: @escaping @Sendable (HTTPRequestHead) -> Bool) { self.keeps = keeps }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if !keeps(head) { head.headers.remove(name: "upgrade") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
        // Only the first request of a connection can change its protocol.
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
