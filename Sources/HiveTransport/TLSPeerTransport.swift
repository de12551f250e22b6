public import HiveCore
public import HiveSync
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// Length-prefixed frames over TLS 1.3, both sides authenticated by their node keys.
public final class TLSPeerTransport: PeerTransport {
    static let applicationProtocol = "hive/1"

    private let server: NIOSSLContext
    private let client: NIOSSLContext
    private let group = MultiThreadedEventLoopGroup.singleton
    private let settings: Settings

    /// Limits of connections.
    public struct Settings: Sendable {
        /// Bytes of one message.
        public var maximumMessage = 96 << 20
        /// Seconds until a connection attempt or a handshake is given up.
        public var timeout: Int64 = 10
        /// How many connections are accepted at the same time.
        public var maximumConnections = 512

        public init() {}
    }

    public init(signer: Ed25519Signer, settings: Settings = Settings()) throws {
        let certificate = try PeerCertificate(signer: signer)
        server = try NIOSSLContext(configuration: certificate.configuration(isServer: true))
        client = try NIOSSLContext(configuration: certificate.configuration(isServer: false))
        self.settings = settings
    }

    public func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.seconds(settings.timeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.writeBufferWaterMark, value: .init(low: 32 << 10, high: 64 << 10))
        let pending: PendingConnection
        do {
            pending = try await bootstrap.connect(host: address.host, port: address.port) { [client, settings] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pending = PendingConnection(channel: channel, maximumMessage: settings.maximumMessage)
                    let tls = try NIOSSLClientHandler(
                        context: client, serverHostname: nil, customVerificationCallback: pending.verify)
                    try pending.install(tls)
                    return pending
                }
            }
        } catch {
            throw TransportError(.unreachable, "no answer from \(address): \(error)")
        }
        let connection = try await pending.connection(timeout: settings.timeout)
        guard connection.peerKey.nodeID == node else {
            await connection.close()
            throw TransportError(.wrongPeer, "at \(address) answers node \(connection.peerKey.nodeID.short), not \(node.short)")
        }
        return connection
    }

    public func listen(
        on address: PeerAddress, opened: @Sendable @escaping (PeerAddress) -> Void,
        accept: @Sendable @escaping (any PeerConnection) async -> Void
    ) async throws {
        let (arrivals, arrival) = AsyncStream<PendingConnection>.makeStream()
        let listener = try await bind(address) { arrival.yield($0) }
        opened(PeerAddress(host: address.host, port: listener.localAddress?.port ?? address.port))
        let open = NIOLockedValueBox(0)
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await pending in arrivals {
                    guard open.withLockedValue({ $0 }) < settings.maximumConnections else {
                        pending.channel.close(promise: nil)
                        continue
                    }
                    open.withLockedValue { $0 += 1 }
                    group.addTask { [settings] in
                        defer { open.withLockedValue { $0 -= 1 } }
                        guard let connection = try? await pending.connection(timeout: settings.timeout) else { return }
                        await accept(connection)
                        await connection.close()
                    }
                }
                group.cancelAll()
            }
        } onCancel: {
            listener.close(promise: nil)
            arrival.finish()
        }
    }

    private func bind(
        _ address: PeerAddress, arrived: @Sendable @escaping (PendingConnection) -> Void
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 << 10, high: 64 << 10))
            .childChannelInitializer { [server, settings] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pending = PendingConnection(channel: channel, maximumMessage: settings.maximumMessage)
                    let tls = NIOSSLServerHandler(context: server, customVerificationCallback: pending.verify)
                    try pending.install(tls)
                    arrived(pending)
                }
            }
        do {
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        } catch {
            throw TransportError(
                .addressInUse, "cannot listen for peers on \(address): \(error); choose another address with --peers")
        }
    }
}

/// A connection whose handshake is under way.
private final class PendingConnection: Sendable {
    let channel: any Channel
    private let queue: InboundQueue
    private let handshake: EventLoopPromise<Void>
    private let key = NIOLockedValueBox<HiveCore.PublicKey?>(nil)
    private let maximumMessage: Int

    init(channel: any Channel, maximumMessage: Int) {
        self.channel = channel
        self.maximumMessage = maximumMessage
        queue = InboundQueue(channel: channel)
        handshake = channel.eventLoop.makePromise()
    }

    /// Accepts any Ed25519 key and notes it: TLS proves that the other side holds it, who may do what is decided above.
    var verify: @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void {
        { [key] chain, result in
            do {
                guard let leaf = chain.first, let found = try PeerCertificate.key(in: leaf) else {
                    return result.succeed(.failed)
                }
                key.withLockedValue { $0 = found }
                result.succeed(.certificateVerified)
            } catch { result.fail(error) }
        }
    }

    func install(_ tls: some ChannelHandler) throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(tls)
        try pipeline.addHandler(HandshakeHandler(done: handshake))
        try pipeline.addHandler(FrameHandler(maximumMessage: maximumMessage, queue: queue))
    }

    func connection(timeout: Int64) async throws -> TLSPeerConnection {
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(timeout)) { [handshake, channel] in
            handshake.fail(TransportError(.handshakeFailed, "the handshake took more than \(timeout) seconds"))
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        try await handshake.futureResult.get()
        guard let key = key.withLockedValue({ $0 }) else {
            try await channel.close().get()
            throw TransportError(.handshakeFailed, "the other side showed no key")
        }
        return TLSPeerConnection(channel: channel, peerKey: key, queue: queue)
    }
}
