/// Branches: what lies behind freezes, kept so that it can be issued anew.
extension Replica {
    /// Keeps a branch, unless it is the beginning of one that is kept; those that it goes on from make room for it.
    func keepBranch(_ branch: LogBranch?, in transaction: any StoreTransaction) throws {
        guard let branch, let tip = branch.leaves.last else { return }
        for known in try branches(of: branch.descriptor.id, in: transaction) where known.first == branch.first {
            if known.extends(branch), known.checkpoint != nil || branch.checkpoint == nil { return }
            if branch.extends(known), let end = known.leaves.last {
                try transaction.local.set(nil, for: Self.key(branch.descriptor.id, end), in: LocalNamespace.branches)
            }
        }
        try transaction.local.set(
            branch.encoded(), for: Self.key(branch.descriptor.id, tip), in: LocalNamespace.branches)
    }

    private static func key(_ log: LogID, _ tip: Digest) -> [UInt8] { log.digest.bytes + tip.bytes }

    /// The branches of a log, or of all.
    public func branches(of log: LogID?, in transaction: any StoreTransaction) throws -> [LogBranch] {
        try transaction.local.values(in: LocalNamespace.branches, after: nil, limit: .max)
            .filter { log == nil || $0.key.starts(with: log?.digest.bytes ?? []) }
            .map { try LogBranch(decoding: $0.value) }
    }

    /// The operations of a branch, where what comes before it is held here; else none.
    func operations(of branch: LogBranch, in transaction: any StoreTransaction) throws -> [Operation] {
        let log = branch.descriptor.id
        let row = try transaction.logs.row(log) ?? LogRow(descriptor: branch.descriptor)
        guard row.size == branch.first - 1 else { return [] }
        var names = row.names
        return try branch.entries.map { entry in
            let header = try OperationHeader(decoding: entry.header, of: log, names: &names)
            return Operation(header: header, headerBytes: entry.header, body: entry.body)
        }
    }

    /// Takes a branch that a peer sent: the author must have signed it as what follows on what is held here.
    public mutating func ingestBranch(_ range: LogRange, in transaction: any StoreTransaction) throws -> Bool {
        let authority = try authority(of: range.descriptor.scope, in: transaction)
        guard let freeze = authority.frozen[range.checkpoint.log], range.first == freeze.size + 1 else { return false }
        guard try transaction.logs.row(range.checkpoint.log)?.size ?? 0 == freeze.size else { return false }
        let before = try branches(of: range.checkpoint.log, in: transaction)
        _ = try ingest(range, in: transaction, verifier: verifier, now: Timestamp(milliseconds: 0))
        return try branches(of: range.checkpoint.log, in: transaction) != before
    }

    /// Drops the bodies of a document's operations from all branches.
    func dropBranchBodies(of address: DocumentAddress, in transaction: any StoreTransaction) throws {
        for branch in try branches(of: nil, in: transaction) where branch.descriptor.scope == address.scope {
            let operations = try operations(of: branch, in: transaction)
            guard operations.contains(where: { $0.header.document == address.document && $0.body != nil }),
                let tip = branch.leaves.last
            else { continue }
            var blank = branch
            blank.entries = operations.map {
                let isErased = $0.header.document == address.document
                return LogRange.Entry(header: $0.headerBytes, body: isErased ? nil : $0.body)
            }
            try transaction.local.set(
                blank.encoded(), for: Self.key(branch.descriptor.id, tip), in: LocalNamespace.branches)
        }
    }
}
