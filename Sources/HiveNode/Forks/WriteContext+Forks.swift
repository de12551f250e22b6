import HiveCore

/// What a node writes about logs with two histories.
extension WriteContext {
    /// States evidence. About a log of this life a new one begins first: behind a freeze nothing counts.
    mutating func state(_ evidence: ForkEvidence) throws {
        let log = replica.identity.log(in: evidence.descriptor.scope, evidence.descriptor.stream)
        if evidence.descriptor == log { try NodeOpening.reincarnate(&self) }
        _ = try commit([Replica.evidenceDraft(evidence)])
        try issueAnew(in: evidence.descriptor.scope)
    }

    /// Begins a new life where evidence ended a log of this one, and issues anew what was cut off.
    mutating func mend(_ scope: ScopeID) throws {
        if try replica.endsOwnLife(in: scope, in: transaction) { try NodeOpening.reincarnate(&self) }
        try issueAnew(in: scope)
    }

    /// Issues anew what is held here of histories that are this node's to issue.
    mutating func issueAnew(in scope: ScopeID) throws {
        for fork in try replica.forks(of: scope, in: transaction) {
            let isOwn = fork.descriptor.author == replica.identity.key
            guard try isOwn || replica.claims(fork, in: transaction) else { continue }
            for branch in try replica.openBranches(of: fork.log, in: transaction) { try issueAnew(branch) }
        }
    }

    /// Passes over what this node may not write any more.
    private mutating func issueAnew(_ branch: LogBranch) throws {
        do {
            try transaction.savepoint {
                var copy = replica
                let receipt = try copy.reissue(branch, in: transaction, now: now, random: &random)
                replica = copy
                take(receipt)
            }
        } catch let error as ReplicaError where error.code == .notPermitted { return }
    }
}
