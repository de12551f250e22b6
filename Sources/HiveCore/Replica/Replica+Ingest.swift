/// Operations of other nodes, and of this node's own earlier lives.
extension Replica {
    /// Verifies a range up to its checkpoint, stores what is new of it and merges that. Throws a `ReplicaError` and
    /// changes nothing where the range is not exactly what its author signed.
    public mutating func ingest(
        _ range: LogRange, in transaction: any StoreTransaction, verifier: any Verifying, now: Timestamp
    ) throws -> IngestReceipt {
        let scope = range.descriptor.scope
        guard try founding(of: scope, in: transaction) != nil, scope != identity.instance.scope else {
            throw ReplicaError(.unknownScope, "scope \(scope.short) is not known here")
        }
        var row = try transaction.logs.row(range.descriptor.id) ?? LogRow(descriptor: range.descriptor)
        var receipt = IngestReceipt()
        guard !range.entries.isEmpty else { return receipt }
        if defences.stands(.repeatedRangesAreKnown), range.last <= row.size { return receipt }
        if !defences.stands(.logsGrowInOrder), range.first > row.size + 1 { return receipt }
        let operations = try Self.verify(range, continuing: &row, verifier: verifier)
        try refuseWithheld(operations, of: scope, in: transaction)
        try transaction.logs.save(row)
        try transaction.logs.append(operations)
        receipt.stored = UInt64(operations.count)
        receipt.mustReincarnate = range.descriptor == identity.log(in: scope, range.descriptor.stream)
        for operation in operations {
            if !observe(operation.header.stamp, now: now) { receipt.flagged.append(operation.dot) }
            if operation.isMalformed { receipt.malformed.append(operation.dot) }
            try noteBlobs(of: operation, scope: scope, in: transaction)
        }
        try merge(operations, of: row, into: &receipt, in: transaction)
        return receipt
    }

    private mutating func observe(_ stamp: Stamp, now: Timestamp) -> Bool {
        guard defences.stands(.clockDoubtsTheFuture) else {
            return clock.observe(stamp, now: max(now, Timestamp(milliseconds: Int64(stamp.milliseconds))))
        }
        return clock.observe(stamp, now: now)
    }

    /// Checks that the entries continue the log and lead to the checkpoint; moves the row to it.
    private static func verify(
        _ range: LogRange, continuing row: inout LogRow, verifier: any Verifying
    ) throws -> [Operation] {
        guard range.first >= 1, range.first <= row.size + 1 else {
            throw ReplicaError(
                .gap, "log \(row.id.short) is stored up to \(row.size), the range begins at \(range.first)")
        }
        guard range.checkpoint.log == row.id, range.checkpoint.size == range.last else {
            throw ReplicaError(.wrongRoot, "the checkpoint is not about the end of this range")
        }
        var operations: [Operation] = []
        for entry in range.entries.dropFirst(Int(row.size + 1 - range.first)) {
            let header = try decode(entry, of: row.id, names: &row.names)
            guard header.dot.number == row.size + 1 else {
                throw ReplicaError(.malformed, "operation \(header.dot) stands in the place of \(row.size + 1)")
            }
            let operation = Operation(header: header, headerBytes: entry.header, body: entry.body)
            row.frontier.append(leaf: operation.leaf)
            row.lastStamp = max(row.lastStamp, header.stamp)
            operations.append(operation)
        }
        guard row.frontier.root == range.checkpoint.root else {
            throw ReplicaError(.wrongRoot, "the operations of log \(row.id.short) do not lead to the signed root")
        }
        guard range.checkpoint.isValid(author: range.descriptor.author, verifier: verifier) else {
            throw ReplicaError(.unsigned, "the checkpoint of log \(row.id.short) is not signed by its author")
        }
        row.checkpoint = range.checkpoint
        return operations
    }

    private static func decode(
        _ entry: LogRange.Entry, of log: LogID, names: inout LogNames
    ) throws -> OperationHeader {
        let header: OperationHeader
        do {
            header = try OperationHeader(decoding: entry.header, of: log, names: &names)
        } catch {
            throw ReplicaError(.malformed, "a header of log \(log.short) cannot be read: \(error.message)")
        }
        if let body = entry.body {
            guard body.salt.count == SaltedBody.saltLength, body.hash == header.bodyHash else {
                throw ReplicaError(.altered, "the body of \(header.dot) is not the one that its header commits to")
            }
        }
        return header
    }

    /// A body may be missing only where somebody asked for the erasure of its document; a relay that drops others would
    /// blank what they wrote, for ever.
    private func refuseWithheld(
        _ operations: [Operation], of scope: ScopeID, in transaction: any StoreTransaction
    ) throws {
        let erasing = operations.filter(\.header.isErasure).map(\.header.document)
        var erased = Set(erasing)
        for operation in operations where operation.lacksBody && !erased.contains(operation.header.document) {
            let address = DocumentAddress(scope: scope, document: operation.header.document)
            guard try transaction.isErasureKnown(of: address) else {
                throw ReplicaError(
                    .withheld, "the body of \(operation.dot) is missing, and no erasure of its document is known here")
            }
            erased.insert(operation.header.document)
        }
    }

    private mutating func merge(
        _ operations: [Operation], of row: LogRow, into receipt: inout IngestReceipt,
        in transaction: any StoreTransaction
    ) throws {
        let scope = row.descriptor.scope
        let statements = operations.compactMap { LawOperation($0, of: row.descriptor, verifier: verifier) }
        _ = try authority(of: scope, in: transaction)
        let before = try extendLaw(of: scope, with: statements, in: transaction)
        var projector = Projector(
            transaction: transaction, authority: try authority(of: scope, in: transaction), defences: defences)
        try projector.project(operations, of: row)
        var changed = projector.changed
        if let before {
            receipt.lawChanged.insert(scope)
            changed.formUnion(try reproject(scope, from: before, in: transaction))
        }
        receipt.documents = changed.sorted()
    }

    /// Merges anew every document with operations on which the old and the new law disagree.
    @discardableResult
    mutating func reproject(
        _ scope: ScopeID, from before: Authority, in transaction: any StoreTransaction
    ) throws -> Set<DocumentAddress> {
        let after = try authority(of: scope, in: transaction)
        var touched: Set<DocumentAddress> = []
        for row in try transaction.logs.rows(.scope(scope)) {
            guard !before.judges(row.descriptor, row.id, like: after) else { continue }
            for operation in try transaction.logs.operations(.range(row.id, from: 1, through: row.size)) {
                let header = operation.header
                let was = before.honours(header.dot, of: row.descriptor, kind: header.kind)
                let isNow = after.honours(header.dot, of: row.descriptor, kind: header.kind)
                if was != isNow { touched.insert(DocumentAddress(scope: scope, document: header.document)) }
            }
        }
        for dot in try transaction.documents.waiting(for: nil, through: .max) {
            guard let operation = try transaction.logs.operation(dot), let row = try transaction.logs.row(dot.log),
                row.descriptor.scope == scope
            else { continue }
            touched.insert(DocumentAddress(scope: scope, document: operation.header.document))
        }
        var projector = Projector(transaction: transaction, authority: after, defences: defences)
        for address in touched.sorted() { try projector.rebuild(address) }
        return projector.changed
    }
}
