import HiveCore
import HiveSync
import Logging

/// One connection's shell: feeds a session with what happens and does what it asks for.
actor PeerLink {
    nonisolated let peer: NodeID
    nonisolated let isPreferred: Bool
    nonisolated let connection: any PeerConnection
    private let kernel: NodeKernel
    private let board: PeerBoard
    private let logger: Logger
    private var session: SyncSession

    init(
        connection: any PeerConnection, isPreferred: Bool, kernel: NodeKernel, board: PeerBoard, session: SyncSession,
        logger: Logger
    ) {
        self.connection = connection
        peer = connection.peerKey.nodeID
        self.isPreferred = isPreferred
        self.kernel = kernel
        self.board = board
        self.session = session
        self.logger = logger
    }

    /// Runs until the connection ends. `first` is a message that was read already.
    func run(first: SyncMessage?) async {
        let peer = peer
        let follower = kernel.follow { [weak self] change in
            guard let self else { return }
            Task { await self.follow(change) }
        }
        defer { kernel.stopFollowing(follower) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.read(first: first) }
            group.addTask { await self.keepTime() }
            await group.next()
            group.cancelAll()
        }
        await connection.close()
        board.disconnected(peer)
    }

    private func read(first: SyncMessage?) async {
        await handle(.opened)
        if let first { await handle(.received(first)) }
        do {
            for try await bytes in connection.messages {
                board.received(peer, bytes: bytes.count)
                guard let message = try SyncMessage.decode(bytes) else { continue }
                await handle(.received(message))
                if closed { return }
            }
        } catch let error as CBORError {
            board.faulted(peer, code: "malformed_message")
            logger.warning("peer sent a message that cannot be read: \(error)", metadata: ["peer": "\(peer.short)"])
        } catch let error as TransportError where [.malformedFrame, .oversizedFrame].contains(error.code) {
            board.faulted(peer, code: error.code.rawValue)
            logger.warning("peer broke the protocol: \(error)", metadata: ["peer": "\(peer.short)"])
        } catch {
            logger.debug("connection ended: \(error)", metadata: ["peer": "\(peer.short)"])
        }
    }

    private func keepTime() async {
        while !Task.isCancelled, !closed {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            await handle(.tick)
        }
    }

    private func follow(_ change: NodeChange) async {
        if !change.logs.isEmpty { await handle(.grew(change.logs)) }
        if !change.law.isEmpty { await handle(.nudged) }
    }

    /// Asks the session to compare hashes now.
    func nudge() async { await handle(.nudged) }

    private var closed = false

    private func handle(_ event: SyncEvent) async {
        var events = [event]
        while !events.isEmpty {
            let directives = session.handle(events.removeFirst(), now: kernel.surroundings.uptime())
            for directive in directives {
                do {
                    if let answer = try await perform(directive) { events.append(answer) }
                } catch let error as TransportError {
                    logger.debug("cannot send: \(error)", metadata: ["peer": "\(peer.short)"])
                    return await end()
                } catch {
                    logger.error("sync failed: \(error)", metadata: ["peer": "\(peer.short)"])
                    board.failed(peer, error: "\(error)")
                    return await end()
                }
            }
        }
    }

    private func end() async {
        closed = true
        await connection.close()
    }

    /// Does what a session asks for; some things have an answer.
    private func perform(_ directive: SyncDirective) async throws -> SyncEvent? {
        switch directive {
        case .send(let message):
            let bytes = message.encoded()
            board.sent(peer, bytes: bytes.count)
            try await connection.send(bytes, lane: message.lane)
            return nil
        case .summarize:
            let peer = peer
            return .summarized(try kernel.consult { try ExchangeGate.view(for: peer, replica: &$0, in: $1) })
        case .load(let log, let first, let purpose): return .loaded(log, try load(log, from: first), purpose)
        case .commit(let range): return try await commit(range)
        case .learn(let founding):
            try await kernel.write { try $0.replica.learn(founding, in: $0.transaction) }
            return nil
        case .loadBlob(let address): return .blobLoaded(address, try loadBlob(address))
        case .commitBlob(let address, let bytes):
            _ = try await kernel.write { context in
                if try context.replica.ingestBlob(bytes, hash: address.hash, in: context.transaction) {
                    context.documents.insert(address.document)
                }
            }
            return nil
        case .acknowledged(let heads):
            board.acknowledged(peer, heads)
            return nil
        case .introduced(let hello):
            try await introduce(hello)
            return nil
        case .converged(let heads):
            board.acknowledged(peer, heads)
            board.converged(peer, at: kernel.surroundings.now())
            return nil
        case .close(let code, let message):
            logger.info("conversation over: \(message)", metadata: ["peer": "\(peer.short)", "code": "\(code)"])
            board.closed(peer, code: code, message: message)
            await end()
            return nil
        }
    }

    private func load(_ log: LogID, from first: UInt64) throws -> LogRange? {
        let peer = peer
        let fresh = kernel.freshCheckpoint(of: log)
        return try kernel.consult {
            try ExchangeGate.range(of: log, from: first, for: peer, replica: &$0, fresh: fresh, in: $1)
        }
    }

    private func commit(_ range: LogRange) async throws -> SyncEvent {
        let log = range.descriptor.id
        let verifier = kernel.verifier
        do {
            let outcome = try await kernel.write { context in
                let receipt = try context.ingest(range, verifier: verifier)
                let wanted = try WantedBlobs.addresses(in: context.transaction, replica: context.replica)
                return (receipt, wanted)
            }
            board.stored(peer, operations: outcome.0.stored)
            if outcome.0.mustReincarnate { board.mustReincarnate() }
            if !outcome.1.isEmpty { await handle(.blobsWanted(outcome.1)) }
            let head = LogHead(log: log, size: range.last, root: range.checkpoint.root)
            board.acknowledged(peer, [head])
            return .committed(head, lawChanged: !outcome.0.lawChanged.isEmpty)
        } catch let error as ReplicaError {
            let held = try kernel.read { try $0.logs.row(log)?.size ?? 0 }
            let isFault = ![.gap, .unknownScope].contains(error.code)
            if isFault {
                board.faulted(peer, code: error.code.rawValue)
                logger.warning("refused operations: \(error)", metadata: ["peer": "\(peer.short)"])
            }
            return .rejected(
                log, RejectionCause(code: error.code.rawValue, message: error.message, isFault: isFault), held: held)
        }
    }

    private func loadBlob(_ address: SyncMessage.BlobAddress) throws -> [UInt8]? {
        let peer = peer
        return try kernel.consult { replica, transaction in
            guard let founding = try replica.founding(of: address.document.scope, in: transaction) else { return nil }
            let authority = try replica.authority(of: founding.scope, in: transaction)
            guard ExchangeGate.permits(peer, founding, .knowledge, own: replica.identity.node, authority: authority),
                try replica.isBlob(address.hash, of: address.document, in: transaction)
            else { return nil }
            return try replica.blob(address.hash, in: transaction)
        }
    }

    private func introduce(_ hello: SyncMessage.Hello) async throws {
        let record = PeerRecord(key: connection.peerKey, name: hello.name, address: hello.address)
        board.introduced(record)
        let known = try kernel.read { transaction in
            try transaction.local.value(record.node.digest.bytes, in: PeerRecord.namespace)
        }
        guard known != record.encoded() else { return }
        try await kernel.write { try record.save(in: $0.transaction) }
    }
}

/// The blobs that documents here refer to and that have not arrived.
enum WantedBlobs {
    static func addresses(
        in transaction: any StoreTransaction, replica: Replica
    ) throws -> [SyncMessage.BlobAddress] {
        try replica.wantedBlobs(limit: 32, in: transaction).compactMap { hash in
            try replica.wantedAddress(of: hash, in: transaction).map {
                SyncMessage.BlobAddress(hash: hash, document: $0)
            }
        }
    }
}
