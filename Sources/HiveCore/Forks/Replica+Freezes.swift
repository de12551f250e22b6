/// What evidence does to the logs that are held here.
extension Replica {
    /// Cuts every log of a scope that reaches behind its freeze; what is cut off is kept as a branch. Returns the
    /// documents that it was about.
    func applyFreezes(of authority: Authority, in transaction: any StoreTransaction) throws -> Set<DocumentAddress> {
        var touched: Set<DocumentAddress> = []
        for (log, freeze) in authority.frozen.sorted(by: { $0.key < $1.key }) {
            guard let row = try transaction.logs.row(log), row.size > freeze.size else { continue }
            touched.formUnion(try cut(row, at: freeze.size, in: transaction))
        }
        return touched
    }

    private func cut(
        _ row: LogRow, at size: UInt64, in transaction: any StoreTransaction
    ) throws -> Set<DocumentAddress> {
        let beyond = try transaction.logs.operations(.range(row.id, from: size + 1, through: row.size))
        let checkpoint = row.checkpoint.flatMap { $0.size == row.size ? $0 : nil }
        try keepBranch(
            LogBranch(
                descriptor: row.descriptor, first: size + 1, entries: beyond.map(LogRange.Entry.init),
                checkpoint: checkpoint), in: transaction)
        try transaction.logs.save(try beginning(of: row, size: size, in: transaction))
        for operation in beyond { try transaction.documents.setWaiting(operation.dot, for: nil) }
        return Set(beyond.map { DocumentAddress(scope: row.descriptor.scope, document: $0.header.document) })
    }

    /// The row that a log had when it was shorter.
    private func beginning(
        of row: LogRow, size: UInt64, in transaction: any StoreTransaction
    ) throws -> LogRow {
        var short = LogRow(descriptor: row.descriptor)
        short.frozenAt = size
        var first: UInt64 = 1
        while first <= size {
            let last = min(size, first + 1023)
            for operation in try transaction.logs.operations(.range(row.id, from: first, through: last)) {
                _ = try OperationHeader(decoding: operation.headerBytes, of: row.id, names: &short.names)
                short.frontier.append(leaf: operation.leaf)
                short.lastStamp = max(short.lastStamp, operation.header.stamp)
            }
            first = last + 1
        }
        var candidate = try transaction.logs.checkpoint(of: row.id, atLeast: 1)
        while let checkpoint = candidate, checkpoint.size <= size {
            short.checkpoint = checkpoint
            candidate = try transaction.logs.checkpoint(of: row.id, atLeast: checkpoint.size + 1)
        }
        return short
    }

    /// Whether evidence ended a log of this life: everything written there from now on would be void.
    public mutating func endsOwnLife(in scope: ScopeID, in transaction: any StoreTransaction) throws -> Bool {
        let authority = try authority(of: scope, in: transaction)
        guard !authority.frozen.isEmpty else { return false }
        return Stream.allCases.contains { authority.frozen[identity.log(in: scope, $0).id] != nil }
    }

    /// The forks of a scope, in order of their logs.
    public mutating func forks(of scope: ScopeID, in transaction: any StoreTransaction) throws -> [Fork] {
        let authority = try authority(of: scope, in: transaction)
        return authority.frozen.isEmpty ? [] : authority.forks
    }

    /// Whether this node is to issue anew what lies behind a freeze: its own, or what a steward was told to.
    public func claims(_ fork: Fork, in transaction: any StoreTransaction) throws -> Bool {
        guard !fork.isSettled else { return false }
        if fork.descriptor.author == identity.key { return true }
        return try transaction.local.value(fork.log.digest.bytes, in: LocalNamespace.claims) != nil
    }

    /// Has this node ask its peers for everything that was written to a forked log, for somebody who is gone.
    public func claim(_ log: LogID, in transaction: any StoreTransaction) throws {
        try transaction.local.set([1], for: log.digest.bytes, in: LocalNamespace.claims)
    }

    /// Evidence that lies behind freezes of law logs. It counts wherever it stands; whoever holds only what is stated
    /// there states it anew, so that it reaches everybody.
    func branchEvidence(of scope: ScopeID, in transaction: any StoreTransaction) throws -> [LawOperation] {
        try branches(of: nil, in: transaction)
            .filter { $0.descriptor.scope == scope && $0.descriptor.stream == .law }
            .flatMap { branch in
                try operations(of: branch, in: transaction).filter { $0.header.kind == .evidence }
                    .compactMap { statement(of: $0, in: branch.descriptor) }
            }
    }

    /// Evidence that decides where a log ends and stands nowhere but behind freezes.
    public mutating func strayEvidence(
        of scope: ScopeID, in transaction: any StoreTransaction
    ) throws -> [ForkEvidence] {
        let authority = try authority(of: scope, in: transaction)
        guard !authority.frozen.isEmpty else { return [] }
        let stated = (laws[scope]?.operations ?? []).filter { authority.isInside($0.dot) }
            .compactMap { operation -> ForkEvidence? in
                guard case .evidence(let evidence) = operation.statement else { return nil }
                return evidence
            }
        return authority.frozen.values.filter { freeze in !stated.contains { freeze.evidence.contains($0) } }
            .compactMap(\.evidence.first).sorted { $0.log < $1.log }
    }
}
