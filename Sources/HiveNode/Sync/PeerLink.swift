import HiveCore
import HiveSync
import Logging
import Tracing

/// One connection's shell: feeds a session with what happens and does what it asks for.
actor PeerLink {
    nonisolated let peer: NodeID
    nonisolated let isPreferred: Bool
    /// When it began, by this node's own clock in milliseconds.
    nonisolated let since: Int64
    nonisolated let connection: any PeerConnection
    /// What goes on about copies of backups; nil where there is no disk for them.
    nonisolated let mirrors: MirrorLink?
    nonisolated let soft: SoftLink
    let kernel: NodeKernel
    let board: PeerBoard
    let logger: Logger
    private let outbox: PeerOutbox
    private let shared: SyncShared
    private let inbox: AsyncStream<SyncEvent>
    private let mail: AsyncStream<SyncEvent>.Continuation
    private var session: SyncSession
    /// Since when this node has known that both may differ, by its own clock; nil while both hold the same.
    private var differsSince: Int64?

    init(
        connection: any PeerConnection, isPreferred: Bool, kernel: NodeKernel, board: PeerBoard, session: SyncSession,
        mirrors: MirrorLink?, soft: SoftLink, shared: SyncShared, logger: Logger
    ) {
        outbox = PeerOutbox(connection: connection, traffic: shared.traffic, board: board)
        self.shared = shared
        (inbox, mail) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.inboxLimit))
        self.connection = connection
        self.mirrors = mirrors
        self.soft = soft
        peer = connection.peerKey.nodeID
        self.isPreferred = isPreferred
        since = kernel.surroundings.uptime()
        self.kernel = kernel
        self.board = board
        self.session = session
        self.logger = logger
    }

    /// Runs until the connection ends. `first` is a message that was read already.
    func run(first: SyncMessage?) async {
        // What the first writes wait for must not wait itself.
        await FirstWriteGate.$isPassed.withValue(true) { await converse(first: first) }
    }

    private func converse(first: SyncMessage?) async {
        let peer = peer
        let follower = kernel.follow { [mail] change in
            if !change.blobs.isEmpty { mail.yield(.blobsArrived(change.blobs)) }
            if !change.law.isEmpty { mail.yield(.nudged) }
        }
        defer { kernel.stopFollowing(follower) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.read(first: first) }
            group.addTask { await self.keepTime() }
            group.addTask { await self.outbox.run() }
            group.addTask { for await event in self.inbox { await self.handle(event) } }
            // Beside the conversation: gigabytes of backups must not hold up what is synced.
            if let mirrors { group.addTask { await mirrors.run() } }
            group.addTask { await self.soft.run() }
            await group.next()
            group.cancelAll()
        }
        shared.push.unlinked(self)
        await connection.close()
        board.disconnected(peer)
    }

    /// What happened elsewhere in the node waits here. More is lost, and found by the next hello.
    private static let inboxLimit = 1_024

    /// Something happened elsewhere in the node; never waits.
    nonisolated func offer(_ event: SyncEvent) { mail.yield(event) }

    private func read(first: SyncMessage?) async {
        await handle(.opened)
        if let first { await handle(.received(first)) }
        do {
            for try await bytes in connection.messages {
                board.received(peer, bytes: bytes.count)
                guard let message = try SyncMessage.decode(try shared.traffic.expanded(bytes)) else { continue }
                if case .mirror(let about) = message { mirrors?.take(about) }
                if case .soft(let states) = message { soft.take(states) }
                if case .conflictNotification(let about) = message {
                    board.heard(peer, ofConflicts: about.count, began: true)
                }
                if case .conflictResolution(let about) = message {
                    board.heard(peer, ofConflicts: about.count, began: false)
                }
                await handle(.received(message))
                if closed { return }
            }
        } catch let error as CBORError {
            shared.fault(of: peer, code: "malformed_message")
            logger.warning("peer sent a message that cannot be read: \(error)", metadata: ["peer": "\(peer.short)"])
        } catch let error as TransportError where [.malformedFrame, .oversizedFrame].contains(error.code) {
            shared.fault(of: peer, code: error.code.rawValue)
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

    /// Sends what informs and changes nothing. Where the connection ends meanwhile it is lost, and nobody misses it.
    func inform(_ message: SyncMessage) async {
        do { _ = try await perform(.send(message)) } catch {
            logger.debug("a peer was not informed: \(error)", metadata: ["peer": "\(peer.short)"])
        }
    }

    /// Asks the session to compare hashes now.
    func nudge() async { await handle(.nudged) }

    private var closed = false

    private func handle(_ event: SyncEvent) async {
        switch event {
        case .opened, .received, .grew: differsSince = differsSince ?? kernel.surroundings.uptime()
        default: break
        }
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
        await outbox.drain()
        await connection.close()
    }

    /// Does what a session asks for; some things have an answer.
    private func perform(_ directive: SyncDirective) async throws -> SyncEvent? {
        switch directive {
        case .send(let message):
            try outbox.offer(message)
            return nil
        case .summarize:
            let peer = peer
            let view = try kernel.consult { try ExchangeGate.view(for: peer, replica: &$0, in: $1) }
            shared.push.linked(self, scopes: Set(view.streams.map(\.scope)))
            return .summarized(view)
        case .load(let log, let first, let purpose): return try answer(log, from: first, for: purpose)
        case .commit(let range): return try await commit(range)
        case .learn(let founding):
            try await learn(founding)
            return nil
        case .loadBlob(let address): return .blobLoaded(address, try loadBlob(address))
        case .seekBlobs(let cursor, let limit):
            let peer = peer
            let found = try kernel.consult {
                try ExchangeGate.missingBlobs(after: cursor, limit: limit, from: peer, replica: &$0, in: $1)
            }
            return .blobsMissing(found.page, next: found.next)
        case .commitBlob(let address, let bytes):
            try await kernel.write { try $0.ingest(blob: bytes, at: address) }
            return .blobCommitted
        case .acknowledged(let heads):
            board.acknowledged(peer, heads)
            return nil
        case .introduced(let hello):
            try await introduce(hello)
            return nil
        case .planned: return nil
        case .duplicate(let scope, let log): return tell(.duplicate(scope, log, from: peer))
        case .grafted(let scope): return tell(.grafted(scope, by: peer))
        case .pruned(let scope): return tell(.pruned(scope, by: peer))
        case .announced(let scope, let heads):
            for head in heads { _ = tell(.announced(ScopedHead(scope: scope, head: head), by: peer)) }
            return nil
        case .heardOf(let peers):
            try await shared.addresses.hear(of: peers, kernel: kernel)
            return nil
        case .converged(let heads):
            board.acknowledged(peer, heads)
            kernel.gate.open()
            board.converged(peer, at: kernel.surroundings.now(), after: takeDifference())
            try await LawArrival.heard(from: peer, by: kernel)
            return try shared.addresses.share(with: peer, kernel: kernel).map { .overlay(.share($0)) }
        case .fork(let request): return try await perform(request)
        case .close(let code, let message):
            logger.info("conversation over: \(message)", metadata: ["peer": "\(peer.short)", "code": "\(code)"])
            board.closed(peer, code: code, message: message)
            await end()
            return nil
        }
    }

    /// Milliseconds since both may have differed.
    private func takeDifference() -> Int64 {
        let now = kernel.surroundings.uptime()
        defer { differsSince = nil }
        return now - (differsSince ?? now)
    }

    private func tell(_ event: OverlayEvent) -> SyncEvent? {
        shared.push.handle(event)
        return nil
    }

    /// An answer that would only be dropped is not read from disk: the peer asks again. Few peers have much at once.
    private func answer(_ log: LogID, from first: UInt64, for purpose: LoadPurpose) throws -> SyncEvent? {
        let isAsked = purpose != .push
        if isAsked, outbox.isBulkFull { return nil }
        let range = try load(log, from: first, credit: purpose.credit)
        if isAsked, let range, range.byteCount > Self.much, let retry = shared.traffic.admit(peer) {
            try outbox.offer(.overlay(.busy(UInt64(retry))))
            return nil
        }
        return .loaded(log, range, purpose)
    }

    /// Answers of more bytes than this are given to few peers at a time.
    private static let much = 256 << 10

    private func load(_ log: LogID, from first: UInt64, credit: Credit) throws -> LogRange? {
        let peer = peer
        let fresh = kernel.freshCheckpoint(of: log)
        return try kernel.consult {
            try ExchangeGate.range(of: log, from: first, for: peer, credit: credit, replica: &$0, fresh: fresh, in: $1)
        }
    }

    private func commit(_ range: LogRange) async throws -> SyncEvent {
        let log = range.descriptor.id
        let verifier = kernel.verifier
        do {
            let start = DefaultTracerClock.now
            shared.push.arriving(range, from: peer)
            let receipt = try await kernel.write { try $0.ingest(range, verifier: verifier) }
            if kernel.surroundings.isTraced, receipt.stored > 0 {
                try OperationTrace.arrived(range, stored: receipt.stored, from: peer, since: start, kernel: kernel)
            }
            board.stored(peer, operations: receipt.stored)
            note(receipt)
            if receipt.mustReincarnate { board.mustReincarnate() }
            if let time = try twin(in: range, receipt) { board.noteTwin(at: time) }
            let head = LogHead(log: log, size: receipt.size, root: receipt.root)
            board.acknowledged(peer, [head])
            return .committed(head, lawChanged: !receipt.lawChanged.isEmpty)
        } catch let error as ReplicaError {
            let held = try kernel.read { try $0.logs.row(log)?.size ?? 0 }
            if error.isFault {
                shared.fault(of: peer, code: error.code.rawValue)
                logger.warning("refused operations: \(error)", metadata: ["peer": "\(peer.short)"])
            } else if error.code == .withheld {
                board.faulted(peer, code: error.code.rawValue)
                logger.notice("operations are taken later: \(error)", metadata: ["peer": "\(peer.short)"])
            }
            return .rejected(
                log, RejectionCause(code: error.code.rawValue, message: error.message, isFault: error.isFault),
                held: held)
        }
    }

    /// When somebody else wrote with this node's key after this life began; nil where nobody did.
    private func twin(in range: LogRange, _ receipt: IngestReceipt) throws -> Timestamp? {
        let identity = kernel.identity
        guard receipt.stored > 0, range.descriptor.author == identity.key,
            range.descriptor.incarnation != identity.incarnation
        else { return nil }
        return try kernel.read { transaction in
            guard let born = try NodeOpening.birth(in: transaction),
                let last = try transaction.logs.row(range.descriptor.id)?.lastStamp
            else { return nil }
            let written = Timestamp(milliseconds: Int64(last.milliseconds))
            return written > born ? written : nil
        }
    }

    private func loadBlob(_ address: SyncMessage.BlobAddress) throws -> [UInt8]? {
        let peer = peer
        return try kernel.consult { try ExchangeGate.blob(address, for: peer, replica: &$0, in: $1) }
    }

    /// What a peer's operations are suspected of: they are kept, and said.
    private func note(_ receipt: IngestReceipt) {
        let suspicions = [("clock_ahead", receipt.flagged), ("malformed_operation", receipt.malformed)]
        for (code, dots) in suspicions {
            guard let first = dots.first else { continue }
            board.faulted(peer, code: code)
            logger.warning(
                "operations are kept but doubtful: \(code)",
                metadata: ["peer": "\(peer.short)", "count": "\(dots.count)", "first": "\(first)"])
        }
    }

    /// Remembers a scope that the peer named, unless too many are known already in which this node has no part.
    private func learn(_ founding: ScopeFounding) async throws {
        let isLearned = try await kernel.write { context in
            guard try HiveRecord.load(in: context.transaction)?.permits(founding) == true else { return false }
            let node = context.replica.identity.node
            var foreign = 0
            for known in try context.replica.foundings(in: context.transaction) where known.name.kind != .instance {
                let law = try context.replica.authority(of: known.scope, in: context.transaction)
                if law.role(of: node) == nil { foreign += 1 }
            }
            guard foreign < Self.maximumForeignScopes else { return false }
            try context.replica.learn(founding, in: context.transaction)
            return true
        }
        guard !isLearned else { return }
        board.faulted(peer, code: "scope_refused")
        logger.warning(
            "a scope is passed over: its name is the hive's own, or too many are known in which this node has no part",
            metadata: ["peer": "\(peer.short)", "scope": "\(founding.name)", "founder": "\(founding.founder.short)"])
    }

    private static let maximumForeignScopes = 64

    private func introduce(_ hello: SyncMessage.Hello) async throws {
        let peer = peer
        if hello.features.contains(CompressedMessage.feature) { outbox.allowCompression() }
        let known = try kernel.read { try PeerRecord.find(peer, in: $0) }
        // A peer that cannot say where it is reached is where it was.
        let address = hello.address.isEmpty ? known?.address ?? "" : hello.address
        let record = PeerRecord(key: connection.peerKey, name: hello.name, address: address)
        board.introduced(record)
        guard known != record else { return }
        try await kernel.write { try record.save(in: $0.transaction) }
    }
}
