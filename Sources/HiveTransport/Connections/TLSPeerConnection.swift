import HiveCore
import HiveSync
import NIOCore

/// One authenticated connection over TLS. Dropping it closes it.
final class TLSPeerConnection: PeerConnection {
    let peerKey: HiveCore.PublicKey
    let remoteAddress: String
    let messages: AsyncThrowingStream<[UInt8], any Error>
    private let channel: any Channel
    private let inbound: InboundQueue
    private let outbound: OutboundQueue
    private let lingering: TimeAmount

    /// `lingering` is how long `close` lets messages go out that were sent before.
    init(pending: PendingConnection, peerKey: HiveCore.PublicKey, lingering: TimeAmount) {
        self.peerKey = peerKey
        self.lingering = lingering
        channel = pending.channel
        inbound = pending.inbound
        outbound = pending.outbound
        remoteAddress = pending.remoteAddress
        messages = AsyncThrowingStream { [inbound = pending.inbound] in try await inbound.next() }
    }

    deinit {
        guard channel.isActive else { return }
        inbound.finish(nil)
        outbound.close()
        channel.eventLoop.scheduleTask(in: lingering) { [channel] in channel.close(promise: nil) }
    }

    func send(_ message: [UInt8], lane: Lane) async throws { try await outbound.send(message, on: lane) }

    func close() async {
        inbound.finish(nil)
        outbound.close()
        let deadline = channel.eventLoop.scheduleTask(in: lingering) { [channel] in channel.close(promise: nil) }
        defer { deadline.cancel() }
        do {
            try await channel.closeFuture.get()
        } catch {
            // How a channel ends is told by its messages; that it has ended is all that is asked for here.
        }
    }
}
