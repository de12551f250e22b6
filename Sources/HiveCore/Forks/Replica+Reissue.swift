/// Issues anew what lies behind freezes: by the author of the log in a new life, or by a steward for one that is gone.
extension Replica {
    /// Writes the operations of a branch again, as this node's own, each concurrent to what its author had not seen, and
    /// states that it did. What was issued anew already is passed over. Empty where nothing was left to do.
    public mutating func reissue(
        _ branch: LogBranch, in transaction: any StoreTransaction, now: Timestamp,
        random: inout some RandomNumberGenerator
    ) throws -> CommitReceipt {
        let scope = branch.descriptor.scope
        guard let freeze = try authority(of: scope, in: transaction).frozen[branch.descriptor.id] else {
            throw ReplicaError(.misuse, "log \(branch.descriptor.id.short) was not forked")
        }
        let operations = try operations(of: branch, in: transaction)
        var writer = CommitWriter(replica: self, transaction: transaction, now: now)
        var reissue = Reissue(branch: branch, freeze: freeze)
        try reissue.write(operations, with: &writer, random: &random)
        try reissue.settle(with: &writer, random: &random)
        self = writer.replica
        return writer.receipt
    }

    /// The branches of a log that hold something nobody issued anew, as far as is known here.
    public mutating func openBranches(
        of log: LogID, in transaction: any StoreTransaction
    ) throws -> [LogBranch] {
        try branches(of: log, in: transaction).filter { branch in
            guard let freeze = try authority(of: branch.descriptor.scope, in: transaction).frozen[log] else {
                return false
            }
            let settled = try authority(of: branch.descriptor.scope, in: transaction).settled[log] ?? []
            let reissue = Reissue(branch: branch, freeze: freeze)
            return try !reissue.ends(in: transaction).contains { settled.contains($0.root) && $0.size == branch.last }
        }
    }
}

/// One branch on its way into another log.
private struct Reissue {
    let branch: LogBranch
    let freeze: Freeze
    /// Numbers in the branch to the dots that they were issued anew under.
    private var dots: [UInt64: Dot] = [:]
    /// The slots of tallies as the branch left them, by document and field.
    private var slots: [Slot: Int64] = [:]

    private struct Slot: Hashable {
        let document: DocumentID
        let field: FieldID
    }

    init(branch: LogBranch, freeze: Freeze) {
        self.branch = branch
        self.freeze = freeze
    }

    private var log: LogID { branch.descriptor.id }

    mutating func write(
        _ operations: [Operation], with writer: inout CommitWriter, random: inout some RandomNumberGenerator
    ) throws {
        let transaction = writer.transaction
        let pending = try operations.filter { operation in
            if let known = try Self.successor(of: operation, in: transaction) {
                dots[operation.dot.number] = known
                return false
            }
            // What speaks of the log itself ended with it; what lost its body was erased.
            return ![.succession, .acknowledgement, .evidence].contains(operation.header.kind)
                && operation.decodedBody != nil
        }
        for (index, operation) in pending.enumerated() {
            let isFollowed = index + 1 < pending.count && pending[index + 1].dot.number == operation.dot.number + 1
            try write(
                operation, continues: operation.header.continues && isFollowed, with: &writer, random: &random)
        }
    }

    private mutating func write(
        _ operation: Operation, continues: Bool, with writer: inout CommitWriter,
        random: inout some RandomNumberGenerator
    ) throws {
        guard let body = operation.decodedBody else { return }
        let header = operation.header
        let address = DocumentAddress(scope: branch.descriptor.scope, document: header.document)
        let state = try writer.transaction.documents.state(address)
        var row = try writer.openLog(in: address.scope, branch.descriptor.stream, random: &random)
        let draft = Draft(header.kind, at: address, agent: body.agent)
        let changes = body.changes.map { adjust($0, state: state, document: header.document, own: row.id) }
        let again = OperationBody(agent: body.agent, changes: changes)
        let salted = again == body ? operation.body : nil
        let planned = CommitWriter.PlannedBody(
            fields: header.fields, salted: salted ?? SaltedBody(bytes: again.encoded(), using: &random))
        let plan = try plan(header, own: row.id, in: writer.transaction)
        let stamp = writer.replica.clock.tick(now: writer.now, after: max(row.lastStamp, latest(plan, state)))
        _ = try writer.append(plan, draft: draft, body: planned, continues: continues, stamp: stamp, to: &row)
        let dot = Dot(log: row.id, number: row.size)
        dots[header.dot.number] = dot
        try Self.note(operation, became: dot, in: writer.transaction)
        try writer.replica.noteBlobs(
            of: Operation(header: header, headerBytes: [], body: planned.salted), scope: address.scope,
            in: writer.transaction)
    }

    private func latest(_ plan: OperationPlan, _ state: DocumentState?) -> Stamp {
        state?.updated ?? Stamp(value: 0)
    }

    /// What the operation had seen, with what it saw of the branch in the places that this has now.
    private func plan(
        _ header: OperationHeader, own: LogID, in transaction: any StoreTransaction
    ) throws -> OperationPlan {
        var context = VersionVector(header.context.entries.filter { $0.log != log })
        let seen = header.context[log]
        if min(seen, freeze.size) > 0 { context.include(Dot(log: log, number: min(seen, freeze.size))) }
        let mine = dots.filter { $0.key <= seen }.map(\.value)
        for dot in mine { context.include(dot) }
        var keeps = header.keeps.compactMap(place)
        // One log now holds what two histories wrote: what this one never saw of it stays.
        let address = DocumentAddress(scope: branch.descriptor.scope, document: header.document)
        let inside = context[own]
        if inside > 0 {
            let known = Set(mine)
            keeps += try transaction.logs.operations(.document(address)).map(\.dot)
                .filter { $0.log == own && $0.number <= inside && !known.contains($0) && !header.context.contains($0) }
        }
        let removes = header.removes.compactMap { removal in
            place(removal.dot).map { ElementDot(dot: $0, index: removal.index) }
        }
        return OperationPlan(context: context, keeps: Set(keeps).sorted(), removes: removes, changes: [])
    }

    private func place(_ dot: Dot) -> Dot? {
        dot.log == log && dot.number > freeze.size ? dots[dot.number] : dot
    }

    /// A tally says how far its log's slot is; what the branch added to it is added to the slot of the new log.
    private mutating func adjust(
        _ change: OperationBody.Change, state: DocumentState?, document: DocumentID, own: LogID
    ) -> OperationBody.Change {
        guard case .tally(let value) = change.change else { return change }
        var known: [LogID: Int64] = [:]
        if case .tally(let found)? = state?[change.field] { for slot in found { known[slot.dot.log] = slot.value } }
        let key = Slot(document: document, field: change.field)
        let added = value.subtractingReportingOverflow(slots[key] ?? known[log] ?? 0).partialValue
        slots[key] = value
        let sum = (known[own] ?? 0).addingReportingOverflow(added)
        return .init(field: change.field, change: .tally(sum.overflow ? (added > 0 ? .max : .min) : sum.partialValue))
    }

    // MARK: Saying so

    /// States which ends of histories are issued anew now.
    func settle(with writer: inout CommitWriter, random: inout some RandomNumberGenerator) throws {
        let scope = branch.descriptor.scope
        let known = try writer.replica.authority(of: scope, in: writer.transaction).settled[log] ?? []
        let news = try ends(in: writer.transaction).filter { !known.contains($0.root) }
        guard !news.isEmpty else { return }
        let settlements = news.map { ForkSettlement(log: log, size: freeze.size, tip: $0.root) }
        try writer.write(
            Replica.settlementDraft(settlements, in: scope), isLast: true, random: &random)
    }

    /// The ends of histories that the branch reaches: its own, and those that evidence names on the way.
    func ends(in transaction: any StoreTransaction) throws -> [(size: UInt64, root: Digest)] {
        let held = try transaction.logs.row(log)?.frontier ?? MerkleFrontier()
        guard held.size == branch.first - 1 else { return [] }
        var frontier = held
        let named = Set(freeze.evidence.flatMap(\.branches).map(\.checkpoint.root))
        var ends: [(size: UInt64, root: Digest)] = []
        for leaf in branch.leaves {
            frontier.append(leaf: leaf)
            let root = frontier.root
            if named.contains(root) || frontier.size == branch.last { ends.append((frontier.size, root)) }
        }
        return ends
    }

    private static func successor(of operation: Operation, in transaction: any StoreTransaction) throws -> Dot? {
        guard let bytes = try transaction.local.value(operation.leaf.bytes, in: LocalNamespace.reissued) else {
            return nil
        }
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 2)
        let dot = Dot(log: LogID(try decoder.decodeDigest()), number: try decoder.decodeUnsigned())
        try decoder.finish()
        return dot
    }

    private static func note(
        _ operation: Operation, became dot: Dot, in transaction: any StoreTransaction
    ) throws {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        encoder.encode(digest: dot.log.digest)
        encoder.encode(unsigned: dot.number)
        try transaction.local.set(encoder.bytes, for: operation.leaf.bytes, in: LocalNamespace.reissued)
    }
}

extension Replica {
    /// States that histories of one forked log were issued anew, or are given up. At least one.
    public static func settlementDraft(_ settlements: [ForkSettlement], in scope: ScopeID) -> Draft {
        let document = ForkEvidence.document(for: settlements[0].log, size: settlements[0].size)
        return Draft(
            .evidence, at: DocumentAddress(scope: scope, document: document),
            changes: [.append(LawField.settlements, settlements.map(\.value))])
    }
}
