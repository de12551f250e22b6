import HiveCore
import HiveSync
import NIOCore
import NIOSSL
import Synchronization

/// A connection whose handshake is under way, with all that it will need afterwards.
final class PendingConnection: Sendable {
    let channel: any Channel
    let inbound: InboundQueue
    let outbound: OutboundQueue
    private let expected: NodeID?
    private let settings: TLSPeerTransport.Settings
    private let handshake: EventLoopPromise<Void>
    private let finding = Mutex<Result<HiveCore.PublicKey, TransportError>?>(nil)

    /// `expected` is the node that must answer; nil where anybody may call, which puts the caller on probation.
    init(channel: any Channel, expecting expected: NodeID?, settings: TLSPeerTransport.Settings) {
        self.channel = channel
        self.expected = expected
        self.settings = settings
        handshake = channel.eventLoop.makePromise()
        inbound = InboundQueue(limit: settings.inboundLimit, isOnProbation: expected == nil) { queue in
            // Changes are made in the loop's order and each looks at how things are by then.
            channel.eventLoop.execute { channel.setOption(.autoRead, value: !queue.isPaused).whenComplete { _ in } }
        }
        outbound = OutboundQueue(laneLimit: settings.laneLimit) {
            channel.pipeline.triggerUserOutboundEvent(FrameHandler.Wake(), promise: nil)
        }
    }

    var remoteAddress: String {
        guard let address = channel.remoteAddress, let host = address.ipAddress else { return "unknown" }
        return PeerAddress(host: host, port: address.port ?? 0).description
    }

    /// Called with the other side's certificates before anything is sent to it: TLS proves that it holds the key, this
    /// decides whether the key is the right one. Who may do what is decided above.
    func verify(_ chain: [NIOSSLCertificate], _ result: EventLoopPromise<NIOSSLVerificationResult>) {
        do throws(TransportError) {
            let key = try PeerCertificate.key(in: chain)
            if let expected, key.nodeID != expected {
                let found = key.nodeID.short
                throw TransportError(.wrongPeer, "node \(found) answers at \(remoteAddress), not \(expected.short)")
            }
            finding.withLock { $0 = .success(key) }
            result.succeed(.certificateVerified)
        } catch {
            finding.withLock { $0 = .failure(error) }
            result.succeed(.failed)
        }
    }

    /// Call on the channel's event loop. `report` hears why a connection was ended from this side.
    func install(_ tls: some ChannelHandler, report: @Sendable @escaping (TransportError) -> Void) throws {
        let pipeline = channel.pipeline.syncOperations
        let assembler = FrameAssembler(
            maximumMessage: settings.maximumMessage,
            maximumFirstMessage: expected == nil ? settings.maximumFirstMessage : nil)
        try pipeline.addHandler(tls)
        try pipeline.addHandler(HandshakeHandler(done: handshake))
        try pipeline.addHandler(
            FrameHandler(assembler: assembler, inbound: inbound, outbound: outbound, report: report))
    }

    /// Waits for the handshake. Throws a `TransportError`, or `CancellationError`; the channel is closed by then.
    func connection() async throws -> TLSPeerConnection {
        let seconds = settings.timeout
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(seconds)) { [handshake, channel] in
            handshake.fail(TransportError(.handshakeFailed, "the handshake took more than \(seconds) seconds"))
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        do {
            try await withTaskCancellationHandler {
                try await handshake.futureResult.get()
            } onCancel: {
                handshake.fail(CancellationError())
                channel.close(promise: nil)
            }
            guard case .success(let key)? = finding.withLock({ $0 }) else {
                throw TransportError(.handshakeFailed, "the other side showed no key")
            }
            return TLSPeerConnection(pending: self, peerKey: key, lingering: .seconds(seconds))
        } catch {
            channel.close(promise: nil)
            if case .failure(let refusal)? = finding.withLock({ $0 }) { throw refusal }
            throw error
        }
    }
}
