import NIOCore

/// Stands before the decoder: tells the guard when the first byte of a request arrives, and throws away what comes after a
/// connection was given up.
final class HeadWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Whoever goes on sending beyond that is cut off.
    private static let mostDiscarded = 64 << 20

    private let reading: RequestReadingGuard
    private var discarded = 0

    init(_ reading: RequestReadingGuard) { self.reading = reading }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        guard reading.isLingering else {
            reading.arrived(bytes)
            return context.fireChannelRead(data)
        }
        discarded += bytes.readableBytes
        if discarded > Self.mostDiscarded { context.close(promise: nil) }
    }

    /// Nobody asks for more once the connection is given up, and what is not read would reset it.
    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if reading.isLingering { context.read() }
    }
}
