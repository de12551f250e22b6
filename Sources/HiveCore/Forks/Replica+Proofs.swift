/// Proofs that a log was forked, or that it was not.
extension Replica {
    /// What can be proven about a log here: the history that ends with a root, or the longest that is signed.
    /// `fresh` is a checkpoint that is not in the store yet.
    public static func history(
        of log: LogID, endingWith root: Digest?, fresh: Checkpoint?, replica: Replica,
        in transaction: any StoreTransaction
    ) throws -> SignedHistory? {
        guard let row = try transaction.logs.row(log) ?? replica.emptyRow(of: log, in: transaction) else { return nil }
        let own = [fresh, row.checkpoint].compactMap(\.self).filter { $0.size <= row.size && $0.size > 0 }
        let main = root == nil ? own.max { $0.size < $1.size } : own.first { $0.root == root }
        let branch = try replica.branches(of: log, in: transaction).first {
            guard let checkpoint = $0.checkpoint, $0.first == row.size + 1 else { return false }
            return root == nil || checkpoint.root == root
        }
        let isWhole = main?.size == row.size
        guard let checkpoint = root == nil && !isWhole ? branch?.checkpoint ?? main : main ?? branch?.checkpoint else {
            return nil
        }
        let stored = min(row.size, checkpoint.size)
        var leaves: [Digest] = []
        var first: UInt64 = 1
        while first <= stored {
            let last = min(stored, first + 1023)
            leaves += try transaction.logs.operations(.range(log, from: first, through: last)).map(\.leaf)
            first = last + 1
        }
        if checkpoint.size > row.size { leaves += branch?.leaves ?? [] }
        return SignedHistory(
            descriptor: row.descriptor, checkpoint: checkpoint, tree: LeafTree(leaves),
            branch: checkpoint.size > row.size ? branch : nil)
    }

    /// A log of which nothing counts has no row; its branches say whose it is.
    private func emptyRow(of log: LogID, in transaction: any StoreTransaction) throws -> LogRow? {
        try branches(of: log, in: transaction).first.map { LogRow(descriptor: $0.descriptor) }
    }

    /// One step of a peer's search: what the log is like here at a size.
    public static func probe(
        of log: LogID, at size: UInt64, endingWith root: Digest?, fresh: Checkpoint?, replica: Replica,
        in transaction: any StoreTransaction
    ) throws -> ForkProbe? {
        guard let history = try history(of: log, endingWith: root, fresh: fresh, replica: replica, in: transaction)
        else { return nil }
        let place = min(size, history.size)
        return history.probe(at: place, header: try header(place + 1, of: history, in: transaction))
    }

    /// Puts the two halves of a proof together; nil where they prove nothing.
    public func evidence(from finding: ForkFinding, in transaction: any StoreTransaction) throws -> ForkEvidence? {
        let history = try Self.history(
            of: finding.log, endingWith: finding.own.root, fresh: finding.own, replica: self, in: transaction)
        guard let history, let header = try Self.header(finding.size + 1, of: history, in: transaction) else {
            return nil
        }
        let own = ForkEvidence.Branch(
            checkpoint: history.checkpoint, consistency: history.tree.consistency(from: finding.size, to: history.size),
            header: header, inclusion: history.tree.inclusion(of: finding.size, size: history.size))
        let evidence = ForkEvidence(
            descriptor: history.descriptor, size: finding.size, root: history.tree.root(ofFirst: finding.size),
            branches: (own, finding.theirs))
        return evidence.isValid(verifier: verifier) ? evidence : nil
    }

    private static func header(
        _ number: UInt64, of history: SignedHistory, in transaction: any StoreTransaction
    ) throws -> [UInt8]? {
        guard number <= history.size else { return nil }
        if let branch = history.branch, number >= branch.first {
            return branch.entries[Int(number - branch.first)].header
        }
        return try transaction.logs.operation(Dot(log: history.checkpoint.log, number: number))?.headerBytes
    }
}

extension Replica {
    /// Evidence for histories that are kept here, reach further than what evidence names, and were not issued anew: so
    /// that whoever is to do that hears of them.
    public mutating func unnamedTips(
        of scope: ScopeID, in transaction: any StoreTransaction
    ) throws -> [ForkEvidence] {
        let authority = try authority(of: scope, in: transaction)
        return try authority.frozen.sorted { $0.key < $1.key }.flatMap { log, freeze in
            let known = Set(freeze.evidence.flatMap(\.branches).map(\.checkpoint.root))
                .union(authority.settled[log] ?? [])
            return try branches(of: log, in: transaction).compactMap { branch -> ForkEvidence? in
                guard let checkpoint = branch.checkpoint, !known.contains(checkpoint.root),
                    branch.first == freeze.size + 1, let header = branch.entries.first?.header,
                    let other = freeze.evidence.flatMap(\.branches).first(where: { $0.header != header })
                else { return nil }
                let finding = ForkFinding(log: log, size: freeze.size, own: checkpoint, theirs: other)
                return try evidence(from: finding, in: transaction)
            }
        }
    }
}
