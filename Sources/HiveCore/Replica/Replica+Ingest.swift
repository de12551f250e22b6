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
        // The law as it is before: what the range says of it is noticed by the difference.
        let freeze = try authority(of: scope, in: transaction).frozen[range.checkpoint.log]
        var row = try transaction.logs.row(range.descriptor.id) ?? LogRow(descriptor: range.descriptor)
        row.frozenAt = freeze?.size
        var receipt = IngestReceipt()
        receipt.size = row.size
        receipt.root = row.frontier.root
        guard !range.entries.isEmpty else { return receipt }
        if defences.stands(.repeatedRangesAreKnown), range.last <= row.size { return receipt }
        if !defences.stands(.logsGrowInOrder), range.first > row.size + 1 {
            receipt.size = range.last
            return receipt
        }
        // A peer that has not heard of the freeze goes on where this node ends.
        if let freeze, range.first > min(freeze.size, row.size) + 1, row.size >= freeze.size { return receipt }
        let verified = try verify(range, continuing: row, freeze: freeze, verifier: verifier)
        try keepBranch(verified.beyond, in: transaction)
        row = verified.row
        receipt.size = row.size
        receipt.root = row.frontier.root
        guard !verified.operations.isEmpty else { return receipt }
        try refuseWithheld(verified.operations, of: scope, in: transaction)
        try transaction.logs.save(row)
        try transaction.logs.append(verified.operations)
        receipt.stored = UInt64(verified.operations.count)
        if defences.stands(.ownLogsAreReadopted) {
            receipt.mustReincarnate = range.descriptor == identity.log(in: scope, range.descriptor.stream)
        }
        for operation in verified.operations {
            if !observe(operation.header.stamp, now: now) { receipt.flagged.append(operation.dot) }
            if operation.isMalformed { receipt.malformed.append(operation.dot) }
            try noteBlobs(of: operation, scope: scope, in: transaction)
        }
        try merge(verified.operations, of: row, into: &receipt, in: transaction)
        if try endsOwnLife(in: scope, in: transaction) { receipt.mustReincarnate = true }
        return receipt
    }

    private mutating func observe(_ stamp: Stamp, now: Timestamp) -> Bool {
        guard defences.stands(.clockDoubtsTheFuture) else {
            return clock.observe(stamp, now: max(now, Timestamp(milliseconds: Int64(stamp.milliseconds))))
        }
        return clock.observe(stamp, now: now)
    }

    /// What a range turned out to hold.
    private struct VerifiedRange {
        /// The log with them.
        var row: LogRow
        /// What is new and counts.
        var operations: [Operation] = []
        /// What lies behind a freeze.
        var beyond: LogBranch?
    }

    /// Checks that the entries continue the log and lead to the checkpoint, and divides them at a freeze.
    private func verify(
        _ range: LogRange, continuing held: LogRow, freeze: Freeze?, verifier: any Verifying
    ) throws -> VerifiedRange {
        var end = held
        var result = VerifiedRange(row: held)
        guard range.first >= 1, range.first <= end.size + 1 else {
            throw ReplicaError(
                .gap, "log \(end.id.short) is stored up to \(end.size), the range begins at \(range.first)")
        }
        guard range.checkpoint.log == end.id, range.checkpoint.size >= range.last else {
            throw ReplicaError(.wrongRoot, "the checkpoint is not about the end of this range")
        }
        guard range.checkpoint.isValid(author: range.descriptor.author, verifier: verifier) else {
            throw ReplicaError(.unsigned, "the checkpoint of log \(end.id.short) is not signed by its author")
        }
        var beyond: [LogRange.Entry] = []
        for entry in range.entries.dropFirst(Int(end.size + 1 - range.first)) {
            let header = try Self.decode(entry, of: end.id, names: &end.names)
            guard header.dot.number == end.size + 1 else {
                throw ReplicaError(.malformed, "operation \(header.dot) stands in the place of \(end.size + 1)")
            }
            let operation = Operation(header: header, headerBytes: entry.header, body: entry.body)
            end.frontier.append(leaf: operation.leaf)
            end.lastStamp = max(end.lastStamp, header.stamp)
            if let freeze, header.dot.number > freeze.size {
                beyond.append(entry)
            } else {
                result.operations.append(operation)
                result.row = end
            }
        }
        try checkEnd(of: range, at: end, held: held.size, freeze: freeze)
        if range.checkpoint.size == result.row.size { result.row.checkpoint = range.checkpoint }
        if let freeze, !beyond.isEmpty {
            result.beyond = LogBranch(
                descriptor: range.descriptor, first: freeze.size + 1, entries: beyond, checkpoint: range.checkpoint)
        }
        return result
    }

    /// A range leads to its checkpoint, or to the size up to which evidence proves the log.
    private func checkEnd(of range: LogRange, at end: LogRow, held: UInt64, freeze: Freeze?) throws {
        guard range.checkpoint.size == range.last else {
            guard let freeze, freeze.size == range.last else {
                throw ReplicaError(.unproven, "nothing that is known here proves log \(end.id.short) at \(range.last)")
            }
            guard freeze.proves(root: end.frontier.root) else {
                throw ReplicaError(.branch, "log \(end.id.short) is another one here than the evidence says")
            }
            return
        }
        guard end.frontier.root == range.checkpoint.root else {
            // Nothing is held that it could be another branch of: these are not the operations that were signed.
            let isBranch = held > 0 && defences.stands(.branchesAreProven)
            let code: ReplicaError.Code = isBranch ? .branch : .wrongRoot
            throw ReplicaError(code, "the operations of log \(end.id.short) do not lead to the signed root")
        }
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

    /// A body may be missing only where somebody asked for the erasure of its document, or where a steward's word has it
    /// sealed: what was replaced below a seal may have been pruned. A relay that drops others would blank what they
    /// wrote, for ever. Whether what is missing below a seal was replaced is known once the other logs are here; `LogAudit`
    /// says where it was not.
    private mutating func refuseWithheld(
        _ operations: [Operation], of scope: ScopeID, in transaction: any StoreTransaction
    ) throws {
        let erasing = operations.filter(\.header.isErasure).map(\.header.document)
        var erased = Set(erasing)
        let proposed = try authority(of: scope, in: transaction).proposed
        for operation in operations where operation.lacksBody && !erased.contains(operation.header.document) {
            if operation.header.kind.stream != .law, proposed.contains(operation.dot) { continue }
            let address = DocumentAddress(scope: scope, document: operation.header.document)
            guard try transaction.isErasureKnown(of: address) else {
                throw ReplicaError(
                    .withheld,
                    "the body of \(operation.dot) is missing, and neither an erasure of its document nor a seal over it"
                        + " is known here")
            }
            erased.insert(operation.header.document)
        }
    }

    private mutating func merge(
        _ operations: [Operation], of row: LogRow, into receipt: inout IngestReceipt,
        in transaction: any StoreTransaction
    ) throws {
        let scope = row.descriptor.scope
        let before = extendLaw(with: operations, of: row.descriptor)
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
        var after = try authority(of: scope, in: transaction)
        var touched = try applyFreezes(of: after, in: transaction)
        if before.frozen != after.frozen {
            // What was said behind a freeze, acknowledgements among it, does not count any more.
            laws[scope] = nil
            after = try authority(of: scope, in: transaction)
        }
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
