/// Checkpoints, erasure, rebuilding and checking.
extension Replica {
    /// Signs the state of an own log, where what is signed lags behind what is stored. Nil where nothing is new.
    public func signCheckpoint(
        of log: LogID, signer: any Signing, in transaction: any StoreTransaction
    ) throws -> Checkpoint? {
        guard var row = try transaction.logs.row(log), row.descriptor.author == identity.key, row.size > 0,
            row.checkpoint?.size != row.size
        else { return nil }
        let checkpoint = try Checkpoint(log: log, size: row.size, root: row.frontier.root, signer: signer)
        row.checkpoint = checkpoint
        try transaction.logs.save(row)
        return checkpoint
    }

    /// A part of a log up to a checkpoint: from a number, to the smallest kept checkpoint that lies at least
    /// `count` operations further, or to the newest, which may not be in the store yet. Nil where no checkpoint covers
    /// the first operation.
    public static func range(
        of log: LogID, from first: UInt64, count: UInt64, newest fresh: Checkpoint? = nil, freeze: Freeze? = nil,
        in transaction: any StoreTransaction
    ) throws -> LogRange? {
        guard let row = try transaction.logs.row(log) else { return nil }
        let known = [row.checkpoint, fresh].compactMap(\.self).filter { $0.size <= row.size }
        if let freeze, let proof = freeze.proof(of: row), first >= 1, first <= row.size,
            first > known.map(\.size).max() ?? 0
        {
            let operations = try transaction.logs.operations(.range(log, from: first, through: row.size))
            return LogRange(
                descriptor: row.descriptor, first: first, entries: operations.map(LogRange.Entry.init),
                checkpoint: proof)
        }
        guard let newest = known.max(by: { $0.size < $1.size }), first >= 1, first <= newest.size else { return nil }
        let kept = try transaction.logs.checkpoint(of: log, atLeast: first - 1 + count)
        let checkpoint = kept.flatMap { $0.size < newest.size ? $0 : nil } ?? newest
        let operations = try transaction.logs.operations(.range(log, from: first, through: checkpoint.size))
        return LogRange(
            descriptor: row.descriptor, first: first, entries: operations.map(LogRange.Entry.init),
            checkpoint: checkpoint)
    }

    /// Drops the bytes of documents whose erasure is due, in every place that this store has them.
    public mutating func purge(
        due time: Timestamp, in transaction: any StoreTransaction
    ) throws -> [DocumentAddress] {
        let due = try transaction.documents.list(.erasureDue(time.milliseconds))
        for state in due {
            for operation in try transaction.logs.operations(.document(state.address)) {
                try dropBlobs(of: operation, in: transaction)
            }
            try transaction.logs.dropBodies(of: state.address)
            try dropBranchBodies(of: state.address, in: transaction)
            let authority = try authority(of: state.address.scope, in: transaction)
            var projector = Projector(transaction: transaction, authority: authority, defences: defences)
            try projector.rebuild(state.address)
        }
        return due.map(\.address)
    }

    /// Drops every projection and merges anew from the logs.
    public mutating func rebuild(in transaction: any StoreTransaction) throws {
        laws = [:]
        for state in try transaction.documents.list(.all) { try transaction.documents.remove(state.address) }
        for dot in try transaction.documents.waiting(for: nil, through: .max) {
            try transaction.documents.setWaiting(dot, for: nil)
        }
        try transaction.index.removeAll()
        for (scope, documents) in try Self.addresses(in: transaction).sorted(by: { $0.key < $1.key }) {
            var projector = Projector(
                transaction: transaction, authority: try authority(of: scope, in: transaction), defences: defences)
            for address in documents.sorted() { try projector.rebuild(address) }
        }
    }

    /// Every document that some operation is about, by scope.
    static func addresses(in transaction: any StoreTransaction) throws -> [ScopeID: Set<DocumentAddress>] {
        var addresses: [ScopeID: Set<DocumentAddress>] = [:]
        for row in try transaction.logs.rows(.all) {
            let scope = row.descriptor.scope
            for operation in try transaction.logs.operations(.range(row.id, from: 1, through: row.size)) {
                addresses[scope, default: []].insert(
                    DocumentAddress(scope: scope, document: operation.header.document))
            }
        }
        return addresses
    }

    /// The hash of every merged document in order: equal on nodes that hold equal operations and bodies.
    public static func projectionHash(of scope: ScopeID?, in transaction: any StoreTransaction) throws -> Digest {
        var hasher = Digest.Hasher()
        for state in try transaction.documents.list(.all) where scope == nil || state.address.scope == scope {
            hasher.update(state.encoded())
        }
        return hasher.finalize()
    }
}
