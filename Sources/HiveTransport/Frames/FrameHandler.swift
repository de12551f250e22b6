import HiveSync
import NIOCore
import NIOSSL

/// The last handler of a peer's channel: frames to messages on the way in, messages to frames on the way out.
///
/// Frames are written only while the socket takes them, a record's worth at a time, so that an urgent message never
/// waits behind a full buffer.
final class FrameHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// A user event that says: the outbound queue has something to do.
    struct Wake: Sendable {}

    private var assembler: FrameAssembler
    private let inbound: InboundQueue
    private let outbound: OutboundQueue
    private let report: @Sendable (TransportError) -> Void
    private var isDraining = false
    private var isClosing = false
    private var unwritten = 0

    /// `report` hears why a connection was ended from this side.
    init(
        assembler: FrameAssembler, inbound: InboundQueue, outbound: OutboundQueue,
        report: @Sendable @escaping (TransportError) -> Void
    ) {
        self.assembler = assembler
        self.inbound = inbound
        self.outbound = outbound
        self.report = report
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        let (messages, fault) = assembler.take(unwrapInboundIn(data).readableBytesView)
        for message in messages { inbound.deliver(message) }
        guard let fault else { return }
        report(fault)
        end(context, because: fault)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let isWhole = assembler.isBetweenMessages || isClosing
        finish(isWhole ? nil : TransportError(.closed, "the connection broke off in the middle of a message"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isBrokenOff = (error as? NIOSSLError) == .uncleanShutdown
        let reason = isBrokenOff ? "the other side broke the connection off" : "the connection failed: \(error)"
        end(context, because: TransportError(.closed, reason))
    }

    func handlerRemoved(context: ChannelHandlerContext) { finish(nil) }

    // MARK: Out

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Wake else { return context.triggerUserOutboundEvent(event, promise: promise) }
        drain(context)
        promise?.succeed()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        drain(context)
        context.fireChannelWritabilityChanged()
    }

    /// Writing can make the channel writable again at once, which comes back here: once at a time is enough.
    private func drain(_ context: ChannelHandlerContext) {
        guard !isDraining else { return }
        isDraining = true
        defer { isDraining = false }
        while context.channel.isWritable, !isClosing {
            let frames = outbound.nextFrames()
            guard !frames.isEmpty else { break }
            write(frames, context)
        }
        closeIfDone(context)
    }

    private func write(_ frames: [LaneScheduler.Frame], _ context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: frames.reduce(0) { $0 + $1.length })
        for frame in frames {
            buffer.writeInteger(UInt32(frame.payload.count + 1))
            buffer.writeInteger(frame.flags)
            buffer.writeBytes(frame.payload)
        }
        unwritten += 1
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.unwritten -= 1
            handler.closeIfDone(context)
        }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: written)
    }

    // MARK: The end

    /// Closes once all that was sent has gone out, if that is wanted.
    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard unwritten == 0, !isClosing, outbound.isDone else { return }
        end(context, because: nil)
    }

    private func end(_ context: ChannelHandlerContext, because error: TransportError?) {
        finish(error)
        guard !isClosing else { return }
        isClosing = true
        context.close(promise: nil)
    }

    private func finish(_ error: TransportError?) {
        inbound.finish(error)
        outbound.finish()
    }
}
