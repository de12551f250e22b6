import HiveCore
import HiveSync
import Synchronization

/// What waits to be sent over one connection. Putting something in never waits, so a slow peer holds up nobody.
final class PeerOutbox: Sendable {
    private let connection: any PeerConnection
    private let traffic: SyncTraffic
    private let board: PeerBoard
    private let queue = Mutex(SendQueue())
    private let compresses = Mutex(false)
    private let urgent = Signal()
    private let bulk = Signal()

    /// Wakes one reader; several calls before it looks are one.
    private struct Signal: Sendable {
        let stream: AsyncStream<Void>
        let wake: AsyncStream<Void>.Continuation

        init() { (stream, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }
    }

    private static let urgentLanes: Set<Lane> = [.emergency, .control, .live]

    init(connection: any PeerConnection, traffic: SyncTraffic, board: PeerBoard) {
        self.connection = connection
        self.traffic = traffic
        self.board = board
    }

    /// Throws where the peer does not even read what cannot be done without.
    func offer(_ message: SyncMessage) throws(TransportError) {
        let lane = message.lane
        switch queue.withLock({ $0.offer(message.encoded(), on: lane) }) {
        case .queued: (lane == .bulk ? bulk : urgent).wake.yield()
        case .dropped: board.dropped(connection.peerKey.nodeID)
        case .overflow: throw TransportError(.closed, "the peer does not read what it is sent")
        }
    }

    /// Whether answers would only be dropped.
    var isBulkFull: Bool { queue.withLock { $0.isFull(.bulk) } }

    /// The peer said that it reads compressed messages.
    func allowCompression() { compresses.withLock { $0 = true } }

    /// Sends until cancelled, or until nothing can be sent any more.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.send(Self.urgentLanes, awokenBy: self.urgent.stream) }
            group.addTask { await self.send([.bulk], awokenBy: self.bulk.stream) }
            await group.next()
            group.cancelAll()
        }
    }

    private func send(_ lanes: Set<Lane>, awokenBy signal: AsyncStream<Void>) async {
        do {
            for await _ in signal {
                while let item = queue.withLock({ $0.next(of: lanes) }) { try await send(item) }
            }
        } catch {
            // How the connection ended is told by its messages; this end of it has nothing to add.
        }
    }

    private func send(_ item: SendQueue.Item) async throws {
        var bytes = item.bytes
        if item.lane == .bulk {
            if compresses.withLock({ $0 }) { bytes = traffic.compressed(bytes) }
            try await traffic.awaitBandwidth(for: bytes.count)
        }
        board.sent(connection.peerKey.nodeID, bytes: bytes.count)
        try await connection.send(bytes, lane: item.lane)
    }

    /// Lets what is urgent go out, for a second at most: a peer is told why a conversation ends.
    func drain() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    while let item = self.queue.withLock({ $0.next(of: Self.urgentLanes) }) { try await self.send(item) }
                } catch {
                    // The connection is gone already.
                }
            }
            group.addTask { do { try await Task.sleep(for: .seconds(1)) } catch { return } }
            await group.next()
            group.cancelAll()
        }
    }
}
