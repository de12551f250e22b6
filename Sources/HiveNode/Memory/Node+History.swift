public import HiveAPI
import HiveCore

/// What happened to a memory, by whom, and what it replaced.
extension Node {
    public func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry> {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                let state = try view.find(id, evenForgotten: true)
                let operations = try transaction.logs.operations(.document(state.address))
                    .sorted { ($0.header.stamp, $0.dot) < ($1.header.stamp, $1.dot) }
                var walk = HistoryWalk(operations)
                return Page(
                    items: try operations.map { operation in
                        var entry = try Self.entry(operation, creation: state.creation.dot, view: view)
                        entry.replaced = try walk.replaced(by: operation, at: state.address).map { field, sibling in
                            FieldWrite(
                                field: field,
                                value: try Self.value(of: sibling, view: view).map { JSONValue($0) } ?? .null)
                        }
                        return entry
                    })
            }
        }
    }

    private static func entry(_ operation: Operation, creation: Dot, view: MemoryView) throws -> HistoryEntry {
        let body = operation.decodedBody
        let time = Timestamp(milliseconds: Int64(operation.header.stamp.milliseconds))
        var seen = operation.header.context
        seen.include(operation.dot)
        return HistoryEntry(
            dot: operation.dot.description, time: time.rfc3339,
            author: try view.author(operation.dot, agent: body?.agent),
            operation: operation.dot == creation && !operation.header.isPromotion ? "created" : name(of: operation, body),
            changes: body?.changes.map(\.json) ?? [], version: seen.token)
    }

    private static func name(of operation: Operation, _ body: OperationBody?) -> String {
        let changes = body?.changes ?? []
        func change(of field: UInt64) -> FieldChange? { changes.first { $0.field == .number(field) }?.change }
        if let presence = change(of: ReservedField.presence) {
            return presence == .set(.bool(false)) ? "forgotten" : "restored"
        }
        if operation.header.isErasure { return "erased" }
        if operation.header.isPromotion { return "promoted" }
        if case .append(let entries)? = change(of: EngramField.assessments),
            let verdict = entries.last?["verdict"]?.text
        {
            return verdict
        }
        let isRetraction = change(of: EngramField.status) == .set(.text(EpistemicStatus.retracted.rawValue))
        return isRetraction ? "retracted" : "updated"
    }
}

/// Goes through the operations of a document in order and tells what each of them replaced.
///
/// What an author saw is nearly always what stood after some operation not long before, on the author's branch. Those states
/// are kept, so that a long history is not merged anew for each of its entries.
private struct HistoryWalk {
    private static let kept = 64

    private let operations: [Operation]
    private var states: [VersionVector: DocumentState] = [:]
    private var order: [VersionVector] = []

    init(_ operations: [Operation]) { self.operations = operations }

    /// The values that an operation replaced, with the names of their fields.
    mutating func replaced(by operation: Operation, at address: DocumentAddress) -> [(field: String, sibling: Sibling)]
    {
        let seen = operation.header.context
        guard
            let before = states[seen]
                ?? DocumentState.merge(all: operations.filter { seen.contains($0.dot) }, at: address)
        else {
            keep(DocumentState.opening(with: operation, at: address))
            return []
        }
        if before.isSucceeded(by: operation.header) {
            var after = before
            after.apply(operation)
            keep(after)
        }
        return operation.header.fields.flatMap { id -> [(field: String, sibling: Sibling)] in
            guard let field = before.fields.first(where: { $0.id == id }) else { return [] }
            return field.state.siblings.filter { operation.header.replaces($0.dot) }.map {
                (field: Node.name(of: field), sibling: $0)
            }
        }
    }

    private mutating func keep(_ state: DocumentState) {
        states[state.version] = state
        order.append(state.version)
        if order.count > Self.kept { states[order.removeFirst()] = nil }
    }
}

extension OperationBody.Change {
    /// The change as people read it in a history.
    var json: FieldWrite {
        let name = path ?? EngramField.name(of: field) ?? "field"
        switch change {
        case .set(let value): return FieldWrite(field: name, value: JSONValue(value))
        case .setBlob(let reference):
            return FieldWrite(
                field: name, value: ["blob": .string(reference.hash.hex), "size": .integer(Int64(reference.size))])
        case .add(let values): return FieldWrite(field: name, value: ["add": .array(values.map { JSONValue($0) })])
        case .remove: return FieldWrite(field: name, value: ["remove": true])
        case .append(let values):
            return FieldWrite(field: name, value: ["append": .array(values.map { JSONValue($0) })])
        case .tally(let value): return FieldWrite(field: name, value: .integer(value))
        }
    }
}
