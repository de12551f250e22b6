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
                        entry.replaced = try walk.replaced(by: operation).map { field, sibling in
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
        let isNew = operation.dot == creation && !operation.header.isPromotion
        return HistoryEntry(
            dot: operation.dot.description, time: time.rfc3339,
            author: try view.author(operation.dot, agent: body?.agent),
            operation: isNew ? "created" : name(of: operation, body),
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
private struct HistoryWalk {
    private let operations: [Operation]
    private let address: DocumentAddress
    /// The merge of all operations so far, as long as each has seen all before it.
    private var state: DocumentState?
    private var isLine = true

    init(_ operations: [Operation]) {
        self.operations = operations
        // Only what lies inside the document is asked for, so where it stands does not matter.
        address = DocumentAddress(
            scope: ScopeID(.zero),
            document: operations.first?.header.document ?? DocumentID.derived(kind: 0, key: [], generation: 0))
    }

    /// The values that an operation replaced, with the names of their fields.
    mutating func replaced(by operation: Operation) throws -> [(field: String, sibling: Sibling)] {
        defer { take(operation) }
        let before =
            isLine && state?.isSucceeded(by: operation.header) != false
            ? state
            : DocumentState.merge(all: operations.filter { operation.header.context.contains($0.dot) }, at: address)
        guard let before else { return [] }
        return operation.header.fields.flatMap { id -> [(field: String, sibling: Sibling)] in
            guard let field = before.fields.first(where: { $0.id == id }) else { return [] }
            return field.state.siblings.filter { operation.header.replaces($0.dot) }.map {
                (field: Node.name(of: field), sibling: $0)
            }
        }
    }

    private mutating func take(_ operation: Operation) {
        guard isLine else { return }
        if let known = state, known.isSucceeded(by: operation.header) {
            state?.apply(operation)
        } else if state == nil {
            state = DocumentState.opening(with: operation, at: address)
        } else {
            isLine = false
        }
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
