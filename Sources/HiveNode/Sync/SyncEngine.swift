import HiveCore
public import HiveSync
import Logging
import Synchronization

/// Keeps a node connected: listens, dials every known peer with backoff, and runs one link for each peer.
public final class SyncEngine: Sendable {
    let kernel: NodeKernel
    let board: PeerBoard
    let soft: SoftDesk
    let shared: SyncShared
    private let choice: PeerChoice
    private let transport: any PeerTransport
    private let logger: Logger
    private let name: String
    private let advertisedHost: String?
    private let mirroring: Mirroring?
    private let state = Mutex(State())
    private let requests: AsyncStream<Request>
    private let request: AsyncStream<Request>.Continuation

    private struct State {
        var links: [NodeID: PeerLink] = [:]
        var dialing: Set<NodeID> = []
        var breakers: [NodeID: CircuitBreaker] = [:]
        var address: PeerAddress?
        var openWaiters: [CheckedContinuation<PeerAddress, any Error>] = []
        var isListening = false
        var openFailure: TransportError?
    }

    private enum Request: Sendable {
        case listen(PeerAddress)
        case dial(NodeID)
        case run(any PeerConnection, SyncMessage?, initiated: Bool)
    }

    /// - Parameter advertisedHost: what peers are told in the place of an address that stands for all interfaces.
    init(
        kernel: NodeKernel, transport: any PeerTransport, name: String, advertisedHost: String?,
        mirroring: Mirroring? = nil, settings: SyncSettings = SyncSettings(), logger: Logger
    ) {
        self.mirroring = mirroring
        self.kernel = kernel
        self.transport = transport
        self.name = name
        self.advertisedHost = advertisedHost
        self.logger = logger
        board = PeerBoard(now: kernel.surroundings.now)
        soft = SoftDesk(kernel: kernel, peers: board, logger: logger)
        shared = SyncShared(kernel: kernel, board: board, settings: settings, logger: logger)
        choice = PeerChoice(kernel: kernel, push: shared.push)
        (requests, request) = AsyncStream.makeStream()
    }

    /// Has the first writes wait until one of the peers that can be called was asked how far this node's logs are.
    func awaitPeers() throws {
        let callable = try kernel.read { try PeerRecord.all(in: $0) }.filter { $0.peerAddress != nil }
        kernel.gate.close(awaiting: Set(callable.map(\.node)))
    }

    /// The address that was bound; nil while the listener is closed.
    public var address: PeerAddress? { state.withLock { $0.address } }

    /// Where peers can reach this node; nil while the listener is closed, and where it is bound to all interfaces and
    /// nobody said by what name others know this machine.
    var advertisedAddress: PeerAddress? {
        guard let bound = address, ["0.0.0.0", "::"].contains(bound.host) else { return address }
        return advertisedHost.map { PeerAddress(host: $0, port: bound.port) }
    }

    var links: [NodeID: PeerLink] { state.withLock { $0.links } }

    /// Runs until cancelled. Everything that goes on for longer is a child of this.
    public func run() async throws {
        try await FirstWriteGate.$isPassed.withValue(true) { try await kernel.prepare() }
        board.restore(try kernel.read { try PeerProgress.load(in: $0) })
        for peer in try choice.refresh() { request.yield(.dial(peer)) }
        let follower = kernel.follow { [choice] in if !$0.law.isEmpty { choice.invalidate() } }
        defer { kernel.stopFollowing(follower) }
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.shared.push.run() }
                group.addTask { await self.keepHouse() }
                for await request in requests {
                    switch request {
                    case .listen(let address): group.addTask { await self.listen(on: address) }
                    case .dial(let peer): group.addTask { await self.keepDialing(peer) }
                    case .run(let connection, let first, let initiated):
                        group.addTask { await self.converse(connection, first: first, initiated: initiated) }
                    }
                }
                group.cancelAll()
            }
        } onCancel: {
            request.finish()
        }
        for link in links.values { await link.connection.close() }
        await saveProgress()
    }

    /// Chooses whom to call, and writes down what peers have.
    private func keepHouse() async {
        var ticks = 0
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            ticks += 1
            do { for peer in try choice.refresh() { request.yield(.dial(peer)) } } catch {
                logger.error("cannot choose whom to call: \(error)")
            }
            if ticks % Self.saveInterval == 0 {
                await saveProgress()
                // Others may have said where somebody is.
                choice.invalidate()
            }
        }
    }

    /// Seconds between two writes of what peers have.
    private static let saveInterval = 10

    private func saveProgress() async {
        let sizes = board.takeUnsaved()
        guard !sizes.isEmpty else { return }
        do { try await kernel.write { try PeerProgress.save(sizes, in: $0.transaction) } } catch {
            logger.error("cannot write down what peers have; they will say it again: \(error)")
        }
    }

    // MARK: Listening

    /// Opens the peer listener, once. Answers with the address that was bound.
    public func open(on address: PeerAddress) async throws -> PeerAddress {
        if let open = self.address { return open }
        return try await withCheckedThrowingContinuation { continuation in
            let starts = state.withLock { state in
                state.openWaiters.append(continuation)
                defer { state.isListening = true }
                return !state.isListening
            }
            if starts { request.yield(.listen(address)) }
        }
    }

    private func listen(on address: PeerAddress) async {
        do {
            try await transport.listen(
                on: address,
                opened: { bound in
                    let waiters = self.state.withLock { state in
                        state.address = bound
                        defer { state.openWaiters = [] }
                        return state.openWaiters
                    }
                    for waiter in waiters { waiter.resume(returning: bound) }
                }, accept: { connection in await self.accept(connection) })
        } catch {
            let waiters = state.withLock { state in
                state.isListening = false
                state.address = nil
                defer { state.openWaiters = [] }
                return state.openWaiters
            }
            logger.error("cannot listen for peers: \(error)")
            for waiter in waiters { waiter.resume(throwing: error) }
        }
    }

    /// A known peer may begin a conversation; a stranger may only ask to join.
    private func accept(_ connection: any PeerConnection) async {
        do {
            guard let message = try await firstMessage(on: connection) else { return }
            if case .joinRequest(let joining) = message {
                let answer = await welcome(joining, key: connection.peerKey)
                return try await connection.send(answer.encoded(), lane: .control)
            }
            guard try isKnown(connection.peerKey.nodeID) else {
                board.turnedAway("unknown_peer", from: connection.remoteAddress)
                let leave = SyncMessage.leave(code: "unknown_peer", message: "this node does not know you; join first")
                return try await connection.send(leave.encoded(), lane: .control)
            }
            if let rest = shared.cutOff(connection.peerKey.nodeID) {
                board.turnedAway("cut_off", from: connection.remoteAddress)
                let leave = SyncMessage.leave(
                    code: "cut_off",
                    message: "too much of what you sent was refused; come back in \(rest / 1000 + 1) seconds")
                return try await connection.send(leave.encoded(), lane: .control)
            }
            await converse(connection, first: message, initiated: false)
        } catch {
            countFault(of: connection.peerKey.nodeID)
            board.turnedAway("malformed_message", from: connection.remoteAddress)
            logger.notice("turned a connection away: \(error)", metadata: ["from": "\(connection.remoteAddress)"])
        }
    }

    /// Counts what a known peer began a conversation with that nobody could read.
    private func countFault(of peer: NodeID) {
        do { if try isKnown(peer) { shared.fault(of: peer, code: "malformed_message") } } catch {
            logger.error("cannot look up who sent what cannot be read: \(error)", metadata: ["peer": "\(peer.short)"])
        }
    }

    /// What a connection begins with. One that says nothing for ten seconds is closed.
    private func firstMessage(on connection: any PeerConnection) async throws -> SyncMessage? {
        try await withThrowingTaskGroup(of: SyncMessage?.self) { group in
            group.addTask {
                var iterator = connection.messages.makeAsyncIterator()
                return try await iterator.next().flatMap { try SyncMessage.decode($0) }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(10))
                await connection.close()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func isKnown(_ node: NodeID) throws -> Bool {
        try kernel.consult { replica, transaction in
            if try transaction.local.value(node.digest.bytes, in: PeerRecord.namespace) != nil { return true }
            for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
                if try replica.authority(of: founding.scope, in: transaction).role(of: node) != nil { return true }
            }
            return false
        }
    }

    private func welcome(_ joining: SyncMessage.JoinRequest, key: PublicKey) async -> SyncMessage {
        do {
            let response = try await Pairing(kernel: kernel).welcome(joining, key: key, name: name)
            keep(key.nodeID)
            return .joinResponse(response)
        } catch let error as ReplicaError {
            return .joinRefusal(code: error.code.rawValue, message: error.message)
        } catch {
            logger.error("pairing failed: \(error)")
            return .joinRefusal(code: "internal", message: "the inviting node failed; see its log")
        }
    }

    // MARK: Dialing

    /// Begins to keep a connection to a peer that is on record.
    func keep(_ peer: NodeID) {
        choice.invalidate()
        do { try choice.refresh() } catch { logger.error("cannot choose whom to call: \(error)") }
        request.yield(.dial(peer))
    }

    /// How the circuit to each peer stands.
    var circuits: [NodeID: CircuitBreaker.State] {
        let now = kernel.surroundings.uptime()
        return state.withLock { $0.breakers.mapValues { $0.state(now: now) } }
    }

    /// Ends every conversation, as after a change of hive; peers that are on record are called again.
    func hangUp() async { for link in links.values { await link.connection.close() } }

    /// Connects for a pairing, outside of any conversation.
    func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection {
        try await transport.connect(to: address, expecting: node)
    }

    private func keepDialing(_ peer: NodeID) async {
        guard peer != kernel.identity.node, state.withLock({ $0.dialing.insert(peer).inserted }) else { return }
        var random = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            var breaker = state.withLock { $0.breakers[peer] } ?? Self.breaker
            var wait = breaker.wait(now: kernel.surroundings.uptime())
            if wait == 0, state.withLock({ $0.links[peer] }) == nil, choice.wants(peer), shared.cutOff(peer) == nil {
                if await call(peer) { breaker.succeeded() }
                breaker.failed(now: kernel.surroundings.uptime(), using: &random)
                state.withLock { $0.breakers[peer] = breaker }
                wait = breaker.wait(now: kernel.surroundings.uptime())
            } else {
                wait = max(wait, Self.lookInterval)
            }
            do { try await Task.sleep(for: .milliseconds(wait)) } catch { return }
        }
    }

    /// After the first failures a peer is called again soon, later every quarter of a minute.
    private static let breaker = CircuitBreaker(backoff: Backoff(maximum: 15_000))
    /// Milliseconds after which a peer that need not be called is thought of again.
    private static let lookInterval: Int64 = 500
    /// A conversation that ends before this many milliseconds counts as a failed call: a fleet that turns each other away
    /// must not do it ever faster.
    private static let shortest: Int64 = 2_000

    /// Calls a peer and talks until that ends. True where it was worth calling.
    private func call(_ peer: NodeID) async -> Bool {
        let start = kernel.surroundings.uptime()
        do {
            // Read anew each time: the peer may have moved.
            guard let address = try kernel.read({ try PeerRecord.find(peer, in: $0) })?.peerAddress else {
                return false
            }
            let connection = try await transport.connect(to: address, expecting: peer)
            await converse(connection, first: nil, initiated: true)
            return kernel.surroundings.uptime() - start >= Self.shortest
        } catch {
            choice.failed(peer)
            kernel.gate.missed(peer)
            board.failed(peer, error: "\(error)")
            logger.debug("cannot reach peer: \(error)", metadata: ["peer": "\(peer.short)"])
            return false
        }
    }

    // MARK: Conversations

    /// Milliseconds within which two nodes may have called each other at once.
    private static let crossing: Int64 = 5_000

    /// Runs a link until it ends. Of two connections between the same nodes that crossed each other the one that the lower
    /// node opened stays. Who calls later has no other: its end of the old one is gone, or it is a second machine with the
    /// same key, which must be heard as well, or what both wrote would never meet.
    private func converse(_ connection: any PeerConnection, first: SyncMessage?, initiated: Bool) async {
        let node = kernel.identity.node
        let peer = connection.peerKey.nodeID
        let isPreferred = initiated == (node < peer)
        var settings = SyncSession.Settings()
        settings.features = shared.traffic.features
        let session = SyncSession(
            hive: kernel.identity.hive, name: name, address: advertisedAddress?.description ?? "", settings: settings)
        let link = PeerLink(
            connection: connection, isPreferred: isPreferred, kernel: kernel, board: board, session: session,
            mirrors: mirroring.map { MirrorLink(connection: connection, mirroring: $0, board: board) },
            soft: SoftLink(desk: soft, connection: connection, board: board), shared: shared, logger: logger)
        let (replaced, isSuperfluous) = state.withLock { state -> (PeerLink?, Bool) in
            if let existing = state.links[peer], existing.isPreferred, !isPreferred,
                link.since - existing.since < Self.crossing
            {
                return (nil, true)
            }
            defer { state.links[peer] = link }
            return (state.links[peer], false)
        }
        if isSuperfluous { return await connection.close() }
        if let replaced { await replaced.connection.close() }
        board.connected(peer)
        choice.connected(peer)
        await link.run(first: first)
        let isCurrent = state.withLock { state in
            guard state.links[peer] === link else { return false }
            state.links[peer] = nil
            return true
        }
        if isCurrent { choice.disconnected(peer) } else { board.connected(peer) }
    }
}
