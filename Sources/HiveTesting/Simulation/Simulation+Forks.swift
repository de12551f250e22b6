import HiveCore
import HiveSync

/// What simulated nodes do about logs with two histories.
extension Simulation {
    func perform(_ request: ForkRequest, on index: Int, about peer: NodeID) throws -> SyncEvent? {
        let node = nodes[index]
        switch request {
        case .search(let log):
            return .fork(
                .searched(
                    log,
                    try node.write {
                        try ExchangeGate.search(of: log, for: peer, replica: &$0, fresh: nil, in: $1)
                    }))
        case .prove(let finding): return .fork(.proven(finding.log, try state(finding, on: node)))
        case .loadProof(let log, let size, let root):
            return .fork(
                .proofLoaded(
                    try node.write {
                        try ExchangeGate.probe(
                            of: log, at: size, endingWith: root, for: peer, replica: &$0, fresh: nil, in: $1)
                    }))
        case .loadBranches(let log):
            return .fork(
                .branchesLoaded(
                    try node.write { try ExchangeGate.branches(of: log, for: peer, replica: &$0, in: $1) }))
        case .keepBranch(let range):
            _ = try node.write { try $0.ingestBranch(range, in: $1) }
            return nil
        }
    }

    private func state(_ finding: ForkFinding, on node: SimulatedNode) throws -> Bool {
        let receipt = try node.write { replica, transaction -> CommitReceipt? in
            guard let evidence = try replica.evidence(from: finding, in: transaction) else { return nil }
            return try replica.commit(
                [Replica.evidenceDraft(evidence)], in: transaction, now: time(of: node), random: &random)
        }
        guard let receipt else { return false }
        node.isLawStale = true
        try announce(try node.heads(of: receipt.logs), from: node.index)
        return true
    }
}
