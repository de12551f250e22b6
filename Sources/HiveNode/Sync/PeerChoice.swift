import HiveCore
import HiveSync
import Synchronization

/// The shell of a node's choice of whom to call.
final class PeerChoice: Sendable {
    private let kernel: NodeKernel
    private let push: PushDesk
    private let view: Mutex<PartialView>
    private let isStale = Mutex(true)

    init(kernel: NodeKernel, push: PushDesk) {
        self.kernel = kernel
        self.push = push
        view = Mutex(PartialView(own: kernel.identity.node))
    }

    /// Peers or laws have changed.
    func invalidate() { isStale.withLock { $0 = true } }

    /// Chooses anew. Answers with everybody who is on record.
    @discardableResult
    func refresh() throws -> [NodeID] {
        let now = kernel.surroundings.uptime()
        var random = SystemRandomNumberGenerator()
        let wasStale = isStale.withLock { stale in
            defer { stale = false }
            return stale
        }
        let known = wasStale ? try survey() : nil
        return view.withLock { view in
            if let known { view.know(known) }
            _ = view.choose(now: now, using: &random)
            return known.map { Array($0.keys) } ?? []
        }
    }

    /// Who is on record, and which scopes both hold; tells live push how many holders there are.
    private func survey() throws -> [NodeID: Set<ScopeID>] {
        let own = kernel.identity.node
        let (known, holders) = try kernel.consult { replica, transaction in
            var known: [NodeID: Set<ScopeID>] = [:]
            var holders: [ScopeID: Int] = [:]
            for record in try PeerRecord.all(in: transaction) { known[record.node] = [] }
            for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
                let members = try replica.authority(of: founding.scope, in: transaction).members
                guard members[own]?.role != nil else { continue }
                let others = members.filter { $0.key != own && $0.value.role != nil }.keys
                holders[founding.scope] = others.count
                for other in others where known[other] != nil { known[other]?.insert(founding.scope) }
            }
            return (known, holders)
        }
        push.handle(.holders(holders))
        return known
    }

    func wants(_ peer: NodeID) -> Bool { view.withLock { $0.wanted.contains(peer) } }
    func connected(_ peer: NodeID) { view.withLock { $0.connected(peer) } }
    func disconnected(_ peer: NodeID) { view.withLock { $0.disconnected(peer) } }

    func failed(_ peer: NodeID) {
        let now = kernel.surroundings.uptime()
        view.withLock { $0.failed(peer, now: now) }
    }
}
