import HiveCore
import HiveSync
import NIOCore

/// One authenticated connection over TLS.
final class TLSPeerConnection: PeerConnection {
    let peerKey: HiveCore.PublicKey
    let remoteAddress: String
    let messages: AsyncThrowingStream<[UInt8], any Error>
    private let channel: any Channel

    init(channel: any Channel, peerKey: HiveCore.PublicKey, queue: InboundQueue) {
        self.channel = channel
        self.peerKey = peerKey
        remoteAddress = channel.remoteAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "unknown"
        messages = AsyncThrowingStream { try await queue.next() }
    }

    func send(_ message: [UInt8], lane: Lane) async throws {
        do {
            try await channel.writeAndFlush(OutboundMessage(bytes: message, lane: lane)).get()
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(.closed, "the connection to \(remoteAddress) is closed")
        }
    }

    func close() async {
        do { try await channel.close().get() } catch { /* closed already: what was wanted */  }
    }
}
