import HiveAPI
import HiveCore
import HiveSync
import Logging

/// One connection's shell for copies of backups: feeds a mirror session with what happens and does what it asks for.
actor MirrorLink {
    nonisolated let peer: NodeID
    private let connection: any PeerConnection
    private let mirroring: Mirroring
    private let board: PeerBoard
    private var session: MirrorSession
    private let inbox: AsyncStream<MirrorMessage>
    private let mail: AsyncStream<MirrorMessage>.Continuation
    private var fetches: [MirrorName: Fetch] = [:]
    private var isOver = false

    private struct Fetch {
        let path: String
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// What waits to be handled. More is lost, and asked for again.
    private static let inboxLimit = 64
    /// Every so many seconds the node looks which backups there are.
    private static let planInterval = 5

    init(connection: any PeerConnection, mirroring: Mirroring, board: PeerBoard) {
        self.connection = connection
        peer = connection.peerKey.nodeID
        self.mirroring = mirroring
        self.board = board
        session = MirrorSession(node: mirroring.node, peer: connection.peerKey.nodeID)
        (inbox, mail) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.inboxLimit))
    }

    /// A message arrived; never waits.
    nonisolated func take(_ message: MirrorMessage) { mail.yield(message) }

    /// Runs until cancelled, which is when the connection ends.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { for await message in self.inbox { await self.handle(.received(message)) } }
            group.addTask { await self.keepTime() }
        }
        isOver = true
        for fetch in fetches.values {
            fetch.continuation.resume(
                throwing: HiveError(.unreachable, "the peer is gone", hint: "fetch again: it goes on where it stopped"))
        }
        fetches = [:]
    }

    private func keepTime() async {
        var ticks = 0
        while !Task.isCancelled {
            if ticks % Self.planInterval == 0 {
                do { await handle(.planned(try await mirroring.plan(for: peer))) } catch {
                    mirroring.logger.error("cannot look at backups for mirrors: \(error)")
                }
            }
            await handle(.tick)
            ticks += 1
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    /// Gets a backup of this node and puts it at a path.
    func fetch(_ offer: MirrorOffer, to path: String) async throws {
        let name = MirrorName(owner: mirroring.node, id: offer.id)
        guard !isOver, fetches[name] == nil else {
            throw HiveError(
                .unavailable, "backup \(offer.id) is being fetched, or the peer is gone", hint: "wait a little")
        }
        try await withCheckedThrowingContinuation { continuation in
            fetches[name] = Fetch(path: path, continuation: continuation)
            Task { await self.handle(.fetch(offer)) }
        }
    }

    private func handle(_ event: MirrorEvent) async {
        var events = [event]
        while !events.isEmpty {
            let directives = session.handle(events.removeFirst(), now: mirroring.uptime())
            mirroring.note(session, of: peer)
            for directive in directives {
                do {
                    if let answer = try await perform(directive) { events.append(answer) }
                } catch is TransportError {
                    return  // the conversation beside this one ends by it, and this one with that
                } catch {
                    mirroring.logger.error("mirroring failed: \(error)", metadata: ["peer": "\(peer.short)"])
                }
            }
        }
    }

    private func perform(_ directive: MirrorDirective) async throws -> MirrorEvent? {
        switch directive {
        case .send(let message): try await send(message)
        case .begin(let offer, let name):
            return try await answering(name) { .begun(try await self.mirroring.begin(offer, name)) }
        case .append(let bytes, let offset, let name):
            return try await answering(name) {
                .appended(name, try await self.mirroring.onDisk { try $0.append(bytes, at: offset, to: name) })
            }
        case .finish(let name):
            let path = fetches[name]?.path
            return try await answering(name) {
                .finished(name, isRight: try await self.mirroring.onDisk { try $0.finish(name, to: path) })
            }
        case .serve(let name, let offset):
            guard let bytes = try await mirroring.bytes(of: name, at: offset), !bytes.isEmpty else { return nil }
            try await send(.chunk(name, offset: offset, bytes))
        case .list: try await send(.listing(try await mirroring.listing(for: peer)))
        case .drop(let name):
            try await mirroring.onDisk { try $0.drop(name) }
            mirroring.logger.info("dropped a mirror", metadata: ["backup": "\(name.id)", "owner": "\(peer.short)"])
        case .fetched(let name, let problem): end(name, problem)
        }
        return nil
    }

    /// What the disk or the policy refuses is an answer to the session, which tells the peer.
    private func answering(
        _ name: MirrorName, _ work: @Sendable () async throws -> MirrorEvent
    ) async throws -> MirrorEvent {
        do { return try await work() } catch let error as MirrorRefusal {
            return .failed(name, code: error.code, message: error.message)
        } catch let error as StoreError {
            mirroring.logger.warning(
                "a mirror is refused: \(error)", metadata: ["backup": "\(name.id)", "owner": "\(name.owner.short)"])
            return .failed(name, code: error.code.rawValue, message: error.description)
        }
    }

    private func send(_ message: MirrorMessage) async throws {
        let message = SyncMessage.mirror(message)
        let bytes = message.encoded()
        board.sent(peer, bytes: bytes.count)
        try await connection.send(bytes, lane: message.lane)
    }

    private func end(_ name: MirrorName, _ problem: String?) {
        guard let fetch = fetches.removeValue(forKey: name) else { return }
        guard let problem else { return fetch.continuation.resume() }
        fetch.continuation.resume(
            throwing: HiveError(
                .unavailable, "backup \(name.id) was not fetched: \(problem)", hint: "try again, or another peer"))
    }
}
