public import HiveCore
public import HiveSync

/// Connects nodes within one process. Everybody holds the key that they name, and nothing is lost or delayed.
public struct InMemoryTransport: PeerTransport {
    private let key: PublicKey
    private let hub: InMemoryHub
    private let laneLimit: Int

    /// A node's way into the hub. A lane takes nothing more while it holds `laneLimit` bytes that were not read.
    public init(key: PublicKey, hub: InMemoryHub, laneLimit: Int = 1 << 20) {
        self.key = key
        self.hub = hub
        self.laneLimit = laneLimit
    }

    public func listen(
        on address: PeerAddress, opened: @Sendable @escaping (PeerAddress) -> Void,
        accept: @Sendable @escaping (any PeerConnection) async -> Void
    ) async throws {
        let (arrivals, arrival) = AsyncStream<InMemoryConnection>.makeStream()
        let listener = InMemoryListener(key: key) { connection in
            if case .enqueued = arrival.yield(connection) { return true }
            return false
        }
        let bound = try hub.open(listener, on: address)
        defer { hub.close(bound) }
        opened(bound)
        await withDiscardingTaskGroup { group in
            for await connection in arrivals {
                group.addTask {
                    await accept(connection)
                    await connection.close()
                }
            }
            group.cancelAll()
        }
    }

    public func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection {
        guard let listener = hub.listener(on: address) else {
            throw TransportError(.unreachable, "cannot reach \(address): connection refused")
        }
        guard listener.key.nodeID == node else {
            let found = listener.key.nodeID.short
            throw TransportError(.wrongPeer, "node \(found) answers at \(address), not \(node.short)")
        }
        let toListener = InMemoryPipe(laneLimit: laneLimit)
        let toCaller = InMemoryPipe(laneLimit: laneLimit)
        let accepted = InMemoryConnection(
            peerKey: key, remoteAddress: "memory:\(key.nodeID.short)", incoming: toListener, outgoing: toCaller)
        guard listener.arrive(accepted) else {
            throw TransportError(.unreachable, "cannot reach \(address): connection refused")
        }
        return InMemoryConnection(
            peerKey: listener.key, remoteAddress: address.description, incoming: toCaller, outgoing: toListener)
    }
}
