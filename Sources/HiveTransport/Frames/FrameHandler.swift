import HiveSync
import NIOCore

/// The last handler of a peer's channel: frames to messages on the way in, messages to frames on the way out.
/// Frames are written only while the socket takes them, so that an urgent message never waits behind a full buffer.
final class FrameHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = OutboundMessage
    typealias OutboundOut = ByteBuffer

    private var assembler: FrameAssembler
    private var scheduler = LaneScheduler()
    private var promises: [UInt64: EventLoopPromise<Void>] = [:]
    private let queue: InboundQueue

    init(maximumMessage: Int, queue: InboundQueue) {
        assembler = FrameAssembler(maximumMessage: maximumMessage)
        self.queue = queue
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            for message in try assembler.take(unwrapInboundIn(data).readableBytesView) { queue.deliver(message) }
        } catch {
            queue.finish(error)
            context.close(promise: nil)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let message = unwrapOutboundIn(data)
        let number = scheduler.enqueue(message.bytes, on: message.lane)
        promises[number] = promise
        drain(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        drain(context)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        queue.finish(nil)
        let closed = TransportError(.closed, "the connection was closed")
        for promise in promises.values { promise.fail(closed) }
        promises = [:]
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        queue.finish(TransportError(.closed, "the connection failed: \(error)"))
        context.close(promise: nil)
    }

    private func drain(_ context: ChannelHandlerContext) {
        var wrote = false
        while context.channel.isWritable, let frame = scheduler.next() {
            var buffer = context.channel.allocator.buffer(capacity: frame.payload.count + 5)
            buffer.writeInteger(UInt32(frame.payload.count + 1))
            buffer.writeInteger(frame.flags)
            buffer.writeBytes(frame.payload)
            let promise = frame.isLast ? promises.removeValue(forKey: frame.message) : nil
            context.write(wrapOutboundOut(buffer), promise: promise)
            context.flush()
            wrote = true
        }
        if wrote { context.flush() }
    }
}

/// A message with its lane, on its way out.
struct OutboundMessage: Sendable {
    let bytes: [UInt8]
    let lane: Lane
}
