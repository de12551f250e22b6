import HiveSync
import NIOCore
import NIOTLS

/// Waits for TLS to finish, checks that the other side speaks this protocol, and leaves the pipeline.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let done: EventLoopPromise<Void>

    init(done: EventLoopPromise<Void>) { self.done = done }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard negotiated == PeerCertificate.applicationProtocol else {
            return fail(context, "the other side does not speak \(PeerCertificate.applicationProtocol)")
        }
        done.succeed()
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, "\(error)") }

    func channelInactive(context: ChannelHandlerContext) {
        done.fail(TransportError(.handshakeFailed, "the other side closed during the handshake"))
        context.fireChannelInactive()
    }

    /// Also happens to a channel that never became active; a promise that is kept already stays kept.
    func handlerRemoved(context: ChannelHandlerContext) {
        done.fail(TransportError(.handshakeFailed, "the connection ended before the handshake"))
    }

    private func fail(_ context: ChannelHandlerContext, _ reason: String) {
        done.fail(TransportError(.handshakeFailed, "no secure connection: \(reason)"))
        context.close(promise: nil)
    }
}
