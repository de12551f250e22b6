public import HiveCore
public import HiveSync
public import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Length-prefixed frames over TLS 1.3, both sides authenticated by their node keys.
///
/// A listener lets everybody in who holds an Ed25519 key and speaks `hive/1`; whoever accepts the connection decides by
/// `peerKey` what follows. Messages arrive in order within a lane, and an urgent lane's before those of the others.
public final class TLSPeerTransport: PeerTransport {
    private let server: NIOSSLContext
    private let client: NIOSSLContext
    private let group = MultiThreadedEventLoopGroup.singleton
    private let settings: Settings
    private let logger: Logger
    private let counts = Mutex(TransportStatistics())

    /// Limits of connections.
    public struct Settings: Sendable {
        /// Bytes of one message. Must hold the longest range of a log: 1,024 operations of 64 KiB and their headers.
        public var maximumMessage = 96 << 20
        /// Bytes of the first message from a caller. No more is read before a second one is asked for: strangers cost
        /// little.
        public var maximumFirstMessage = 1 << 20
        /// Bytes that a lane holds before `send` waits.
        public var laneLimit = 1 << 20
        /// Bytes that have arrived and were not read before the socket is left alone.
        public var inboundLimit = 4 << 20
        /// Seconds until a connection attempt or a handshake is given up, and that closing waits for what was sent.
        public var timeout: Int64 = 10
        /// How many connections are accepted at the same time.
        public var maximumConnections = 512
        /// How many of them may still be shaking hands.
        public var maximumHandshakes = 64

        public init() {}
    }

    /// A transport that proves the signer's key. Throws if no certificate can be made from it.
    public init(
        signer: Ed25519Signer, settings: Settings = Settings(), logger: Logger = Logger(label: "hive.transport")
    ) throws {
        let certificate = try PeerCertificate(signer: signer)
        server = try NIOSSLContext(configuration: certificate.configuration(isServer: true))
        client = try NIOSSLContext(configuration: certificate.configuration(isServer: false))
        self.settings = settings
        self.logger = logger
    }

    /// Connections made and failed until now.
    public var statistics: TransportStatistics { counts.withLock { $0 } }

    public func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection {
        do {
            let pending = try await dial(address, expecting: node)
            let connection = try await pending.connection()
            counts.withLock { $0.connected += 1 }
            return connection
        } catch let error as TransportError {
            counts.withLock { $0.failures[error.code, default: 0] += 1 }
            throw error
        }
    }

    private func dial(_ address: PeerAddress, expecting node: NodeID) async throws -> PendingConnection {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(.seconds(settings.timeout))
        let attempts = NIOLockedValueBox<[any Channel]>([])
        do {
            return try await withTaskCancellationHandler {
                try await bootstrap.connect(host: address.host, port: address.port) { [self] channel in
                    attempts.withLockedValue { $0.append(channel) }
                    return prepare(channel, expecting: node)
                }
            } onCancel: {
                for channel in attempts.withLockedValue({ $0 }) { channel.close(promise: nil) }
            }
        } catch {
            try Task.checkCancellation()
            throw TransportError.unreachable(address, error, timeout: settings.timeout)
        }
    }

    private func prepare(_ channel: any Channel, expecting node: NodeID) -> EventLoopFuture<PendingConnection> {
        channel.eventLoop.makeCompletedFuture {
            let pending = PendingConnection(channel: channel, expecting: node, settings: settings)
            let tls = try NIOSSLClientHandler(
                context: client, serverHostname: nil, customVerificationCallback: pending.verify)
            try pending.install(tls, report: report(on: channel))
            return pending
        }.flatMap { pending in SocketTuning.apply(to: channel).map { pending } }
    }

    public func listen(
        on address: PeerAddress, opened: @Sendable @escaping (PeerAddress) -> Void,
        accept: @Sendable @escaping (any PeerConnection) async -> Void
    ) async throws {
        let gate = InboundGate(
            maximumConnections: settings.maximumConnections, maximumHandshakes: settings.maximumHandshakes)
        let (arrivals, arrival) = AsyncStream<PendingConnection>.makeStream()
        let listener = try await bind(address, gate) { arrival.yield($0) }
        listener.closeFuture.whenComplete { _ in arrival.finish() }
        opened(PeerAddress(host: address.host, port: listener.localAddress?.port ?? address.port))
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await pending in arrivals {
                    group.addTask { await self.serve(pending, gate, accept) }
                }
                gate.close()
                group.cancelAll()
            }
            do { try await listener.closeFuture.get() } catch { logger.debug("the peer listener failed: \(error)") }
        } onCancel: {
            listener.close(promise: nil)
        }
        guard Task.isCancelled else {
            throw TransportError(.cannotListen, "the peer listener on `\(address)` has failed")
        }
    }

    private func serve(
        _ pending: PendingConnection, _ gate: InboundGate, _ accept: @Sendable (any PeerConnection) async -> Void
    ) async {
        do {
            let connection = try await pending.connection()
            gate.welcome(pending.channel)
            counts.withLock { $0.accepted += 1 }
            await accept(connection)
            await connection.close()
        } catch let error as TransportError {
            count(error, from: pending.remoteAddress)
        } catch {
            logger.debug("handshake ended: \(error)", metadata: ["from": "\(pending.remoteAddress)"])
        }
    }

    private func bind(
        _ address: PeerAddress, _ gate: InboundGate, arrived: @Sendable @escaping (PendingConnection) -> Void
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try admit(channel, gate)
                    let pending = PendingConnection(channel: channel, expecting: nil, settings: settings)
                    let tls = NIOSSLServerHandler(context: server, customVerificationCallback: pending.verify)
                    try pending.install(tls, report: report(on: channel))
                    arrived(pending)
                }.flatMap { SocketTuning.apply(to: channel) }
            }
        do {
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        } catch {
            throw TransportError.listening(address, error)
        }
    }

    private func admit(_ channel: any Channel, _ gate: InboundGate) throws(TransportError) {
        do throws(TransportError) {
            try gate.admit(channel)
        } catch {
            count(error, from: channel.remoteAddress?.ipAddress ?? "unknown")
            throw error
        }
    }

    private func report(on channel: any Channel) -> @Sendable (TransportError) -> Void {
        { [self] error in count(error, from: channel.remoteAddress?.ipAddress ?? "unknown") }
    }

    private func count(_ error: TransportError, from address: String) {
        counts.withLock { $0.failures[error.code, default: 0] += 1 }
        logger.info(
            "closed a peer's connection: \(error)", metadata: ["from": "\(address)", "code": "\(error.code.rawValue)"])
    }
}
