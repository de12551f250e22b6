import HiveCore
import HiveSync
import Logging

/// How a connection's shell does what a session asks about forks.
extension PeerLink {
    func perform(_ request: ForkRequest) async throws -> SyncEvent? {
        let peer = peer
        switch request {
        case .search(let log):
            let fresh = kernel.freshCheckpoint(of: log)
            let search = try kernel.consult {
                try ExchangeGate.search(of: log, for: peer, replica: &$0, fresh: fresh, in: $1)
            }
            return .fork(.searched(log, search))
        case .prove(let finding): return .fork(.proven(finding.log, try await state(finding)))
        case .loadProof(let log, let size, let root):
            let fresh = kernel.freshCheckpoint(of: log)
            let probe = try kernel.consult {
                try ExchangeGate.probe(
                    of: log, at: size, endingWith: root, for: peer, replica: &$0, fresh: fresh, in: $1)
            }
            return .fork(.proofLoaded(probe))
        case .loadBranches(let log):
            let ranges = try kernel.consult { try ExchangeGate.branches(of: log, for: peer, replica: &$0, in: $1) }
            return .fork(.branchesLoaded(ranges))
        case .keepBranch(let range):
            try await keep(range)
            return nil
        }
    }

    private func state(_ finding: ForkFinding) async throws -> Bool {
        let isStated = try await kernel.write { context in
            guard let evidence = try context.replica.evidence(from: finding, in: context.transaction) else {
                return false
            }
            try context.state(evidence)
            return true
        }
        if isStated {
            logger.warning(
                "two histories of one log were found; it ends where they part",
                metadata: ["log": "\(finding.log.short)", "size": "\(finding.size)", "peer": "\(peer.short)"])
        } else {
            board.faulted(peer, code: "unproven_branch")
        }
        return isStated
    }

    private func keep(_ range: LogRange) async throws {
        do {
            try await kernel.write { context in
                if try context.replica.ingestBranch(range, in: context.transaction) {
                    try context.issueAnew(in: range.descriptor.scope)
                }
            }
        } catch let error as ReplicaError {
            board.faulted(peer, code: error.code.rawValue)
            logger.warning("a branch was refused: \(error)", metadata: ["peer": "\(peer.short)"])
        }
    }
}
