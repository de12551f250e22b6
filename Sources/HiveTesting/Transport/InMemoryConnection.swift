import HiveCore
import HiveSync

/// One side of a connection within the process. Dropping it closes it.
final class InMemoryConnection: PeerConnection {
    let peerKey: PublicKey
    let remoteAddress: String
    let messages: AsyncThrowingStream<[UInt8], any Error>
    private let incoming: InMemoryPipe
    private let outgoing: InMemoryPipe

    init(peerKey: PublicKey, remoteAddress: String, incoming: InMemoryPipe, outgoing: InMemoryPipe) {
        self.peerKey = peerKey
        self.remoteAddress = remoteAddress
        self.incoming = incoming
        self.outgoing = outgoing
        messages = AsyncThrowingStream {
            do {
                return try await incoming.next()
            } catch {
                outgoing.close()
                throw error
            }
        }
    }

    deinit {
        outgoing.close()
        incoming.close()
    }

    func send(_ message: [UInt8], lane: Lane) async throws { try await outgoing.send(message, on: lane) }

    func close() async {
        outgoing.close()
        incoming.close()
    }
}
