import HiveCore
import HiveSync
import NIOCore
import NIOSSL
import NIOTLS

/// Waits for TLS to finish and checks that the other side speaks this protocol.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let done: EventLoopPromise<Void>

    init(done: EventLoopPromise<Void>) { self.done = done }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        if negotiated == TLSPeerTransport.applicationProtocol {
            done.succeed()
        } else {
            fail(context, "the other side does not speak \(TLSPeerTransport.applicationProtocol)")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, "\(error)") }

    func channelInactive(context: ChannelHandlerContext) {
        done.fail(TransportError(.handshakeFailed, "the other side closed during the handshake"))
        context.fireChannelInactive()
    }

    private func fail(_ context: ChannelHandlerContext, _ reason: String) {
        done.fail(TransportError(.handshakeFailed, "no secure connection: \(reason)"))
        context.close(promise: nil)
    }
}
