import HiveCore
import HiveSync
import Synchronization

/// Passes on where others can be reached: to peers that share a scope with them, and only of nodes that a law names.
final class AddressBook: Sendable {
    /// How many addresses are told at a time, and after how long the next ones.
    private static let page = 8
    private static let interval: Int64 = 60_000
    private let told = Mutex<[NodeID: Int64]>([:])

    /// Some addresses that a peer may hear now; nil where it is not time.
    func share(with peer: NodeID, kernel: NodeKernel) throws -> [SyncMessage.KnownPeer]? {
        let now = kernel.surroundings.uptime()
        let isTime = told.withLock { told in
            guard now - (told[peer] ?? Int64.min / 2) >= Self.interval else { return false }
            told[peer] = now
            return true
        }
        guard isTime else { return nil }
        let peers = try kernel.consult { replica, transaction in
            let holders = try Self.holders(sharing: peer, &replica, transaction)
            return try PeerRecord.all(in: transaction).filter {
                $0.node != peer && !$0.address.isEmpty && holders.contains($0.node)
            }
        }
        guard !peers.isEmpty else { return nil }
        return peers.shuffled().prefix(Self.page).map {
            SyncMessage.KnownPeer(key: $0.key, name: $0.name, address: $0.address)
        }
    }

    /// Remembers the addresses of members that are not known yet. What a node says of itself is believed before this.
    func hear(of peers: [SyncMessage.KnownPeer], kernel: NodeKernel) async throws {
        let own = kernel.identity.node
        let new = try kernel.consult { replica, transaction in
            let holders = try Self.holders(sharing: own, &replica, transaction)
            return try peers.prefix(Self.page).filter { peer in
                let node = peer.key.nodeID
                guard node != own, holders.contains(node), PeerAddress(peer.address) != nil else { return false }
                return try PeerRecord.find(node, in: transaction)?.address.isEmpty ?? true
            }
        }
        guard !new.isEmpty else { return }
        try await kernel.write { context in
            for peer in new {
                try PeerRecord(key: peer.key, name: peer.name, address: peer.address).save(in: context.transaction)
            }
        }
    }

    private static func holders(
        sharing node: NodeID, _ replica: inout Replica, _ transaction: any StoreTransaction
    ) throws -> Set<NodeID> {
        var holders: Set<NodeID> = []
        for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
            let members = try replica.authority(of: founding.scope, in: transaction).members
            guard members[node]?.role != nil else { continue }
            holders.formUnion(members.filter { $0.value.role != nil }.keys)
        }
        return holders
    }
}
