import HiveCore
import HiveSync
import Synchronization

/// Another transport, with a record of every message that its connections send.
final class TappedTransport: PeerTransport {
    private let inner: any PeerTransport
    private let messages = Mutex<[[UInt8]]>([])

    init(_ inner: any PeerTransport) { self.inner = inner }

    /// What was handed to connections so far.
    var sent: [[UInt8]] { messages.withLock { $0 } }

    func listen(
        on address: PeerAddress, opened: @Sendable @escaping (PeerAddress) -> Void,
        accept: @Sendable @escaping (any PeerConnection) async -> Void
    ) async throws {
        try await inner.listen(on: address, opened: opened) { await accept(self.tapped($0)) }
    }

    func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection {
        tapped(try await inner.connect(to: address, expecting: node))
    }

    private func tapped(_ connection: any PeerConnection) -> TappedConnection {
        TappedConnection(connection) { message in self.messages.withLock { $0.append(message) } }
    }
}

/// A connection that tells what it is given to send.
final class TappedConnection: PeerConnection {
    private let inner: any PeerConnection
    private let heard: @Sendable ([UInt8]) -> Void

    init(_ inner: any PeerConnection, heard: @Sendable @escaping ([UInt8]) -> Void) {
        self.inner = inner
        self.heard = heard
    }

    var peerKey: PublicKey { inner.peerKey }
    var remoteAddress: String { inner.remoteAddress }
    var messages: AsyncThrowingStream<[UInt8], any Error> { inner.messages }

    func send(_ message: [UInt8], lane: Lane) async throws {
        heard(message)
        try await inner.send(message, lane: lane)
    }

    func close() async { await inner.close() }
}
