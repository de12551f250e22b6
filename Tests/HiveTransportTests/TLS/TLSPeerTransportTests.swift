import HiveCore
import HiveSync
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import HiveTransport

@Suite("TLSPeerTransport", .timeLimit(.minutes(2)))
struct TLSPeerTransportTests {
    private static let loopback = PeerAddress(host: "127.0.0.1", port: 0)

    /// A listener and what it accepted.
    private struct Scene: Sendable {
        let transport: TLSPeerTransport
        let key: HiveCore.PublicKey
        let address: PeerAddress
        let arrivals: AsyncStream<any PeerConnection>

        func accepted() async throws -> any PeerConnection {
            var iterator = arrivals.makeAsyncIterator()
            return try #require(await iterator.next())
        }

        /// Waits until a failure was counted; the suite's time limit ends what never comes.
        func failure(_ code: TransportError.Code) async -> Int {
            while transport.statistics.failures[code] == nil, !Task.isCancelled { await Task.yield() }
            return transport.statistics.failures[code] ?? 0
        }
    }

    private func withListener(
        _ settings: TLSPeerTransport.Settings = TLSPeerTransport.Settings(),
        _ body: @Sendable @escaping (Scene) async throws -> Void
    ) async throws {
        let signer = Ed25519Signer.generate()
        let transport = try TLSPeerTransport(signer: signer, settings: settings)
        let (addresses, opened) = AsyncStream<PeerAddress>.makeStream()
        let (arrivals, arrival) = AsyncStream<any PeerConnection>.makeStream()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await transport.listen(
                    on: Self.loopback, opened: { opened.yield($0) },
                    accept: { connection in
                        arrival.yield(connection)
                        for await _ in AsyncStream<Never>.makeStream().stream {}
                    })
                return false
            }
            group.addTask {
                var iterator = addresses.makeAsyncIterator()
                let address = try #require(await iterator.next())
                try await body(
                    Scene(transport: transport, key: signer.publicKey, address: address, arrivals: arrivals))
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }

    // MARK: Who may come in

    @Test("TLSPeerTransport names the key of a caller, whatever the dates of its certificate")
    func expiredCertificate() async throws {
        try await withListener { scene in
            let signer = Ed25519Signer.generate()
            let client = try await RawClient(to: scene.address, tls: Credentials.node(signer))
            try await client.send([0, 0, 0, 2, 5, 42])
            let connection = try await scene.accepted()
            #expect(connection.peerKey == signer.publicKey)
            var iterator = connection.messages.makeAsyncIterator()
            #expect(try await iterator.next() == [42])
        }
    }

    enum Stranger: CaseIterable {
        case garbage, http, anonymous, p256, signedByAnother, chain, oldTLS, noProtocol, otherProtocol

        func configuration() throws -> TLSConfiguration? {
            var configuration = try Credentials.node()
            switch self {
            case .garbage, .http: return nil
            case .anonymous: return Credentials.anonymous()
            case .p256: return Credentials.p256()
            case .signedByAnother: return Credentials.signedByAnother()
            case .chain: return try Credentials.chain()
            case .oldTLS: configuration.maximumTLSVersion = .tlsv12
            case .noProtocol: configuration.applicationProtocols = []
            case .otherProtocol: configuration.applicationProtocols = ["h2"]
            }
            return configuration
        }

        var firstBytes: [UInt8] {
            switch self {
            case .garbage: [UInt8](repeating: 0xA5, count: 300)
            case .http: Array("GET / HTTP/1.1\r\nHost: hive\r\n\r\n".utf8)
            default: [0, 0, 0, 2, 5, 42]
            }
        }
    }

    @Test("TLSPeerTransport turns strangers away and goes on listening", arguments: Stranger.allCases)
    func turnsAway(_ stranger: Stranger) async throws {
        try await withListener { scene in
            let configuration = try stranger.configuration()
            let client = try await RawClient(to: scene.address, tls: configuration)
            // The other side may be gone before the first bytes are written; that it goes is what is tested.
            do { try await client.send(stranger.firstBytes) } catch {}
            let heard = await client.everythingHeard()
            #expect(heard.isEmpty || configuration == nil, "only an alert may answer, and only to what is no TLS")
            #expect(await scene.failure(.handshakeFailed) == 1)
            #expect(scene.transport.statistics.accepted == 0)

            let node = try TLSPeerTransport(signer: .generate())
            let connection = try await node.connect(to: scene.address, expecting: scene.key.nodeID)
            _ = try await scene.accepted()
            await connection.close()
        }
    }

    @Test("TLSPeerTransport gives up a caller that says nothing")
    func silence() async throws {
        var settings = TLSPeerTransport.Settings()
        settings.timeout = 1
        try await withListener(settings) { scene in
            let client = try await RawClient(to: scene.address)
            #expect(await client.everythingHeard().isEmpty)
            #expect(await scene.failure(.handshakeFailed) == 1)
        }
    }

    @Test("TLSPeerTransport turns away callers beyond its limits and takes new ones when there is room")
    func limits() async throws {
        var settings = TLSPeerTransport.Settings()
        settings.maximumConnections = 1
        try await withListener(settings) { scene in
            let node = try TLSPeerTransport(signer: .generate())
            let first = try await node.connect(to: scene.address, expecting: scene.key.nodeID)
            let accepted = try await scene.accepted()
            await #expect(throws: TransportError.self) {
                _ = try await node.connect(to: scene.address, expecting: scene.key.nodeID)
            }
            #expect(await scene.failure(.refused) == 1)
            async let closed: Void = first.close()
            await accepted.close()
            await closed
            var second: (any PeerConnection)?
            while second == nil, !Task.isCancelled {
                do { second = try await node.connect(to: scene.address, expecting: scene.key.nodeID) } catch {
                    await Task.yield()
                }
            }
            #expect(second?.peerKey == scene.key)
            await second?.close()
        }
    }

    // MARK: What may come in

    @Test("TLSPeerTransport ends a connection with malformed frames, with the reason")
    func malformed() async throws {
        try await withListener { scene in
            let client = try await RawClient(to: scene.address, tls: Credentials.node())
            try await client.send([0, 0, 0, 2, 5, 42, 0, 0, 0, 0])
            let connection = try await scene.accepted()
            var iterator = connection.messages.makeAsyncIterator()
            #expect(try await iterator.next() == [42])
            await Self.expect(.malformedFrame) { _ = try await iterator.next() }
            #expect(await scene.failure(.malformedFrame) == 1)
            await Self.expect(.closed) { try await connection.send([1], lane: .live) }
            #expect(await client.everythingHeard().isEmpty)
        }
    }

    @Test("TLSPeerTransport ends a connection with an oversized frame or message", arguments: [true, false])
    func oversized(isFrame: Bool) async throws {
        var settings = TLSPeerTransport.Settings()
        settings.maximumMessage = 20_000
        try await withListener(settings) { scene in
            let client = try await RawClient(to: scene.address, tls: Credentials.node())
            if isFrame {
                try await client.send([0, 1, 0, 0, 5])
            } else {
                let frame: [UInt8] = [0, 0, 0x3F, 0xF1, 3] + [UInt8](repeating: 1, count: 0x3FF0)
                try await client.send(frame + frame)
            }
            let connection = try await scene.accepted()
            await Self.expect(.oversizedFrame) { for try await _ in connection.messages {} }
            #expect(await scene.failure(.oversizedFrame) == 1)
        }
    }

    @Test("TLSPeerTransport holds a caller's first message to a limit of its own")
    func firstMessage() async throws {
        var settings = TLSPeerTransport.Settings()
        settings.maximumFirstMessage = 1_000
        try await withListener(settings) { scene in
            let node = try TLSPeerTransport(signer: .generate())
            let client = try await node.connect(to: scene.address, expecting: scene.key.nodeID)
            try await client.send([UInt8](repeating: 1, count: 1_001), lane: .control)
            let connection = try await scene.accepted()
            await Self.expect(.oversizedFrame) { for try await _ in connection.messages {} }
            await client.close()
        }
    }

    @Test("TLSPeerTransport tells a connection that was cut from one that was closed", arguments: [true, false])
    func cut(isInMessage: Bool) async throws {
        try await withListener { scene in
            let client = try await RawClient(to: scene.address, tls: Credentials.node())
            try await client.send([0, 0, 0, 2, 5, 42] + (isInMessage ? [0, 0, 0, 9, 5] : []))
            let connection = try await scene.accepted()
            var iterator = connection.messages.makeAsyncIterator()
            #expect(try await iterator.next() == [42])
            async let ended: Void = isInMessage ? client.close() : client.cut()
            await Self.expect(.closed) { _ = try await iterator.next() }
            try await ended
        }
    }

    // MARK: Whom to call

    @Test("TLSPeerTransport shows its own certificate to nobody but the node that it expects")
    func pinning() async throws {
        try await withListener { scene in
            let node = try TLSPeerTransport(signer: .generate())
            let other = Ed25519Signer.generate().publicKey.nodeID
            await Self.expect(.wrongPeer) { _ = try await node.connect(to: scene.address, expecting: other) }
            #expect(await scene.failure(.handshakeFailed) == 1)
            #expect(scene.transport.statistics.accepted == 0)
            #expect(node.statistics.failures == [.wrongPeer: 1])
        }
    }

    @Test("TLSPeerTransport gives up where something listens that does not answer")
    func halfOpen() async throws {
        let deaf = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(deaf.localAddress?.port)
        var settings = TLSPeerTransport.Settings()
        settings.timeout = 1
        let node = try TLSPeerTransport(signer: .generate(), settings: settings)
        let stranger = Ed25519Signer.generate().publicKey.nodeID
        await Self.expect(.handshakeFailed) {
            _ = try await node.connect(to: PeerAddress(host: "127.0.0.1", port: port), expecting: stranger)
        }
        try await deaf.close().get()
    }

    @Test("TLSPeerTransport stops connecting when it is cancelled")
    func cancelledConnect() async throws {
        let deaf = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(deaf.localAddress?.port)
        let node = try TLSPeerTransport(signer: .generate())
        let stranger = Ed25519Signer.generate().publicKey.nodeID
        let wasCancelled = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    _ = try await node.connect(to: PeerAddress(host: "127.0.0.1", port: port), expecting: stranger)
                } catch { return error is CancellationError }
                return false
            }
            group.cancelAll()
            return await group.next() ?? false
        }
        #expect(wasCancelled)
        try await deaf.close().get()
    }

    @Test("TLSPeerTransport says which address it cannot have and what to do")
    func addresses() async throws {
        try await withListener { scene in
            let second = try TLSPeerTransport(signer: .generate())
            let error = await Self.expect(.addressInUse) {
                try await second.listen(on: scene.address, opened: { _ in }, accept: { _ in })
            }
            #expect(error?.message.contains("\(scene.address)") == true)
            #expect(error?.message.contains("choose another") == true)
        }
        let node = try TLSPeerTransport(signer: .generate())
        await Self.expect(.cannotListen) {
            try await node.listen(
                on: PeerAddress(host: "192.0.2.1", port: 0), opened: { _ in }, accept: { _ in })
        }
    }

    @discardableResult
    private static func expect(
        _ code: TransportError.Code, _ body: () async throws -> Void, location: SourceLocation = #_sourceLocation
    ) async -> TransportError? {
        do {
            try await body()
            Issue.record("nothing was thrown instead of `\(code.rawValue)`", sourceLocation: location)
        } catch let error as TransportError {
            #expect(error.code == code, "\(error)", sourceLocation: location)
            return error
        } catch {
            Issue.record("\(error) was thrown instead of `\(code.rawValue)`", sourceLocation: location)
        }
        return nil
    }
}
