/// Local writes. All drafts of one call become one commit: visible together or not at all.
extension Replica {
    /// Writes drafts as operations of this node and merges them. Throws a `ReplicaError` and changes nothing where a
    /// draft cannot be written; the caller then drops this copy of the replica.
    public mutating func commit(
        _ drafts: [Draft], in transaction: any StoreTransaction, now: Timestamp,
        random: inout some RandomNumberGenerator
    ) throws -> CommitReceipt {
        var writer = CommitWriter(replica: self, transaction: transaction, now: now)
        for (index, draft) in drafts.enumerated() {
            try writer.write(draft, isLast: index == drafts.count - 1, random: &random)
        }
        self = writer.replica
        return writer.receipt
    }

    /// The address of a new document with a random identity.
    public static func newAddress(
        in scope: ScopeID, random: inout some RandomNumberGenerator
    ) -> DocumentAddress {
        let document = DocumentID(bytes: Incarnation(using: &random).bytes)
        guard let document else { preconditionFailure("an incarnation has the length of a document's identity") }
        return DocumentAddress(scope: scope, document: document)
    }
}

/// Writes one commit, draft by draft.
struct CommitWriter {
    var replica: Replica
    let transaction: any StoreTransaction
    let now: Timestamp
    var receipt = CommitReceipt()

    init(replica: Replica, transaction: any StoreTransaction, now: Timestamp) {
        self.replica = replica
        self.transaction = transaction
        self.now = now
    }

    mutating func write(_ draft: Draft, isLast: Bool, random: inout some RandomNumberGenerator) throws {
        guard let stream = draft.stream, let schema = KindSchema.of(draft.kind) else {
            throw ReplicaError(.misuse, "documents of kind \(draft.kind.rawValue) cannot be written by this version")
        }
        let scope = draft.address.scope
        let state = try transaction.documents.state(draft.address)
        if state?.isErased == true, draft.changes.contains(where: { $0.field != .number(ReservedField.erasure) }) {
            throw ReplicaError(.erased, "the document was erased and cannot be changed")
        }
        let current = state?.version ?? VersionVector()
        let seen = draft.seen ?? current
        guard current.covers(seen) else {
            throw ReplicaError(.unknownVersion, "the version presented was never shown for this document here")
        }
        receipt.bases.append(seen)
        var row = try openLog(in: scope, stream, random: &random)
        let shown = try shownValues(draft, of: state, seen: seen)
        let plans = DraftPlanner(draft: draft, state: state, seen: seen, schema: schema, shown: shown).operations
        var result = state
        for (index, plan) in plans.enumerated() {
            var plan = plan
            if index > 0, let merged = result { plan.context.merge(merged.version) }
            let continues = !(isLast && index == plans.count - 1)
            let body = try makeBody(plan, draft: draft, row: row, state: result, random: &random)
            let floor = max(row.lastStamp, result?.updated ?? Stamp(value: 0))
            result = try append(
                plan, draft: draft, body: body, continues: continues,
                stamp: replica.clock.tick(now: now, after: floor), to: &row)
        }
        guard let result else { throw ReplicaError(.misuse, "a draft needs at least one change") }
        receipt.states.append(result)
    }

    /// What the caller was shown of the contested fields that a plain update writes, where that was not the newest value.
    private mutating func shownValues(
        _ draft: Draft, of state: DocumentState?, seen: VersionVector
    ) throws -> [FieldID: ShownValue] {
        guard !draft.resolves, let state else { return [:] }
        var shown: [FieldID: ShownValue] = [:]
        for field in state.contestedFields where draft.changes.contains(where: { $0.field == field.id }) {
            let visible = field.state.siblings.filter { seen.contains($0.dot) }
            shown[field.id] = try replica.shownValue(of: field, among: visible, of: state, in: transaction)
        }
        return shown
    }

    /// The row of this life's log, begun with a succession where an earlier life wrote in the same stream.
    mutating func openLog(
        in scope: ScopeID, _ stream: Stream, random: inout some RandomNumberGenerator
    ) throws -> LogRow {
        let descriptor = replica.identity.log(in: scope, stream)
        if let row = try transaction.logs.row(descriptor.id) { return row }
        var row = LogRow(descriptor: descriptor)
        let earlier = try transaction.logs.rows(.scope(scope)).filter {
            $0.descriptor.author == replica.identity.key && $0.descriptor.stream == stream && $0.size > 0
        }
        guard let predecessor = earlier.max(by: { ($0.lastStamp, $0.id) < ($1.lastStamp, $1.id) }) else { return row }
        let statement = Succession(
            predecessor: predecessor.id, size: predecessor.size, root: predecessor.frontier.root)
        let address = DocumentAddress(scope: scope, document: statement.document(for: row.id))
        let draft = Draft(
            .succession, at: address, changes: [.set(LawField.statement, .bytes(statement.encoded()))])
        let plan = OperationPlan(context: VersionVector(), changes: draft.changes)
        let body = try makeBody(plan, draft: draft, row: row, state: nil, random: &random)
        _ = try append(
            plan, draft: draft, body: body, continues: false,
            stamp: replica.clock.tick(now: now, after: predecessor.lastStamp), to: &row)
        return row
    }

    private func makeBody(
        _ plan: OperationPlan, draft: Draft, row: LogRow, state: DocumentState?,
        random: inout some RandomNumberGenerator
    ) throws -> PlannedBody {
        var changes: [OperationBody.Change] = []
        for change in plan.changes {
            changes.append(try bodyChange(change, log: row.id, address: draft.address, state: state, random: &random))
        }
        let body = OperationBody(agent: draft.agent, changes: changes)
        let fields = body.changes.map(\.field)
        let bytes = body.encoded()
        do { _ = try OperationBody(decoding: bytes, fields: fields) } catch {
            // Signed, it would replace what it means to change and say nothing, on every node and for ever.
            throw ReplicaError(.misuse, "what is to be written could not be read again: \(error)")
        }
        return PlannedBody(fields: fields, salted: SaltedBody(bytes: bytes, using: &random))
    }

    struct PlannedBody {
        let fields: [FieldID]
        let salted: SaltedBody
    }

    private func bodyChange(
        _ change: Draft.Change, log: LogID, address: DocumentAddress, state: DocumentState?,
        random: inout some RandomNumberGenerator
    ) throws -> OperationBody.Change {
        let field = change.field
        switch change {
        case .set(_, let value): return .init(field: field, change: .set(value))
        case .setPath(let path, let value): return .init(path: path, change: .set(value))
        case .add(_, let values): return .init(field: field, change: .add(values))
        case .remove: return .init(field: field, change: .remove)
        case .append(_, let values): return .init(field: field, change: .append(values))
        case .count(_, let amount):
            guard case .tally(let slots)? = state?[field] else { return .init(field: field, change: .tally(amount)) }
            let own = slots.first { $0.dot.log == log }?.value ?? 0
            let (sum, overflow) = own.addingReportingOverflow(amount)
            return .init(field: field, change: .tally(overflow ? (amount > 0 ? .max : .min) : sum))
        case .setText(_, let text):
            let bytes = Array(text.utf8)
            guard bytes.count > BlobReference.inlineLimit else {
                return .init(field: field, change: .set(.text(text)))
            }
            let reference = BlobReference(of: bytes, salt: Incarnation(using: &random).bytes)
            try transaction.local.set(bytes, for: reference.hash.bytes, in: LocalNamespace.blobs)
            return .init(field: field, change: .setBlob(reference))
        }
    }

    mutating func append(
        _ plan: OperationPlan, draft: Draft, body: PlannedBody, continues: Bool, stamp: Stamp, to row: inout LogRow
    ) throws -> DocumentState {
        let header = OperationHeader(
            dot: Dot(log: row.id, number: row.size + 1), stamp: stamp,
            target: OperationTarget(document: draft.address.document, kind: draft.kind, fields: body.fields),
            causality: OperationCausality(context: plan.context, keeps: plan.keeps, removes: plan.removes),
            continues: continues, body: body.salted)
        let authority = try replica.authority(of: draft.address.scope, in: transaction)
        let isFounder = authority.founding.founder == replica.identity.node
        let isFounding = isFounder && authority.isInside(header.dot)
        guard isFounding || authority.honours(header.dot, of: row.descriptor, kind: draft.kind) else {
            throw ReplicaError(
                .notPermitted,
                "this node may not write \(row.descriptor.stream) in `\(authority.founding.name)`")
        }
        let operation = Operation(header: header, headerBytes: header.encoded(names: &row.names), body: body.salted)
        row.frontier.append(leaf: operation.leaf)
        row.lastStamp = stamp
        try transaction.logs.save(row)
        try transaction.logs.append([operation])
        receipt.dots.append(header.dot)
        receipt.logs.insert(row.id)
        if let before = replica.extendLaw(with: [operation], of: row.descriptor) {
            receipt.lawChanged.insert(draft.address.scope)
            try replica.reproject(draft.address.scope, from: before, in: transaction)
        }
        var projector = Projector(
            transaction: transaction, authority: try replica.authority(of: draft.address.scope, in: transaction),
            defences: replica.defences)
        guard let state = try projector.project(operation, of: row.descriptor) else {
            throw ReplicaError(.misuse, "the operation projects to nothing")
        }
        return state
    }
}

/// One operation to be: what it saw, keeps and removes, and what it changes.
struct OperationPlan {
    var context: VersionVector
    var keeps: [Dot] = []
    var removes: [ElementDot] = []
    var changes: [Draft.Change]
}

/// Divides a draft into as few operations as say exactly what it means: an operation keeps a sibling in all of its
/// fields or in none, so fields that keep different siblings go into operations of their own.
private struct DraftPlanner {
    let draft: Draft
    let state: DocumentState?
    let seen: VersionVector
    let schema: KindSchema
    let shown: [FieldID: ShownValue]

    var operations: [OperationPlan] {
        var plans: [OperationPlan] = []
        var fields: [Set<FieldID>] = []
        for change in draft.changes.sorted(by: { $0.field < $1.field }) {
            let keeps = keptSiblings(by: change)
            let removes = removedElements(by: change)
            let index = plans.indices.first { plans[$0].keeps == keeps && !fields[$0].contains(change.field) }
            if let index {
                plans[index].changes.append(change)
                plans[index].removes += removes
                fields[index].insert(change.field)
            } else {
                fields.append([change.field])
                plans.append(OperationPlan(context: seen, keeps: keeps, removes: removes, changes: [change]))
            }
        }
        return plans
    }

    /// The siblings that the caller saw and leaves standing: all but the shown one, unless this is a resolution, or what
    /// was shown was made from all.
    private func keptSiblings(by change: Draft.Change) -> [Dot] {
        guard !draft.resolves, schema.type(of: change.field) == .register,
            case .register(let siblings)? = state?[change.field]
        else { return [] }
        let visible = siblings.filter { seen.contains($0.dot) }
        if case .merged? = self.shown[change.field] { return [] }
        let shown = self.shown[change.field]?.sibling(among: visible) ?? FieldState.register(visible).newest
        return visible.map(\.dot).filter { $0 != shown?.dot }.sorted()
    }

    private func removedElements(by change: Draft.Change) -> [ElementDot] {
        guard case .remove(_, let values) = change, case .set(let elements)? = state?[change.field] else { return [] }
        return elements.filter { values.contains($0.value) && seen.contains($0.addition.dot) }.map(\.addition)
    }
}
