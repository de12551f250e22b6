public import HiveAPI
import HiveCore

extension Node: ConflictService {
    public func conflicts(as caller: Caller) async throws -> Page<Conflict> {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                var items: [Conflict] = []
                for state in try transaction.documents.list(.contested)
                where view.lookup.scopes.contains(state.address.scope) {
                    items += try state.contestedFields.compactMap { try Self.conflict(in: $0, of: state, view: view) }
                }
                return Page(items: items)
            }
        }
    }

    public func conflict(_ id: String, as caller: Caller) async throws -> Conflict {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                let (state, field) = try Self.find(id, view: view)
                guard let conflict = try Self.conflict(in: field, of: state, view: view) else {
                    throw HiveError(.notFound, "there is no conflict `\(id)`")
                }
                return conflict
            }
        }
    }

    /// A conflict's id is its memory's and the field's name; the memory's alone will do where only one field is contested.
    private static func find(_ id: String, view: MemoryView) throws -> (DocumentState, DocumentState.Field) {
        let parts = id.split(separator: ":", maxSplits: 1).map(String.init)
        let state = try view.find(parts.first ?? "", evenForgotten: true)
        let fields = state.contestedFields.filter { parts.count < 2 || name(of: $0) == parts[1] }
        guard let field = fields.first else {
            throw HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
        }
        guard fields.count == 1 else {
            let names = fields.map { "\(parts[0]):\(name(of: $0))" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(id)` has \(fields.count) contested fields", hint: "name one: \(names)")
        }
        return (state, field)
    }

    private static func name(of field: DocumentState.Field) -> String {
        field.path ?? EngramField.name(of: field.id) ?? "field"
    }

    private static func conflict(
        in field: DocumentState.Field, of state: DocumentState, view: MemoryView
    ) throws -> Conflict? {
        guard let engram = try view.engram(state) else { return nil }
        let shown = field.state.newest?.dot
        let siblings = try field.state.siblings.map { sibling in
            ConflictSibling(
                dot: sibling.dot.description, value: try Self.value(of: sibling, view: view),
                author: try view.author(sibling.dot, agent: sibling.agent),
                at: Timestamp(milliseconds: Int64(sibling.stamp.milliseconds)).rfc3339, shown: sibling.dot == shown)
        }
        let since = field.state.siblings.map(\.stamp).sorted().dropFirst().first ?? state.updated
        let number: UInt64 = if case .number(let number) = field.id { number } else { 0 }
        let document = state.address.document.description
        return Conflict(
            id: "\(document):\(name(of: field))", memory: document,
            kind: ConflictKind(engram.kind, field: number).rawValue, field: name(of: field), siblings: siblings,
            policy: ConflictPolicy.newest.rawValue,
            since: Timestamp(milliseconds: Int64(since.milliseconds)).rfc3339)
    }

    private static func value(of sibling: Sibling, view: MemoryView) throws -> JSONValue {
        switch sibling.value {
        case .inline(let value): JSONValue(value)
        case .blob(let reference):
            try view.transaction.local.value(reference.hash.bytes, in: "blobs")
                .map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null
        case .gone: .null
        }
    }

    public func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            guard (request.take == nil) != (request.value == nil) else {
                throw HiveError(.invalidInput, "say either which value to take or what to put", hint: "take or value")
            }
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let view = MemoryView(
                    transaction: context.transaction, lookup: try ScopeLookup(&context.replica, context.transaction))
                let (state, field) = try Self.find(id, view: view)
                let value: CBORValue
                if let put = request.value {
                    value = put.cbor
                } else {
                    value = try Self.settled(request.take ?? "", field, state, view: view, in: &context)
                }
                let draft = Draft(
                    state.kind, at: state.address, agent: agent, resolves: true, changes: [Self.change(field, value)])
                let resolved = try context.commit([draft]).states[0]
                guard let memory = try view.memory(resolved) else { throw HiveError(.notFound, "no memory") }
                return MemoryAnswer(memory: memory)
            }
        }
    }

    private static func change(_ field: DocumentState.Field, _ value: CBORValue) -> Draft.Change {
        switch field.id {
        case .number(let number): value.text.map { .setText(number, $0) } ?? .set(number, value)
        case .path: .setPath(field.path ?? "", value)
        }
    }

    private static func settled(
        _ name: String, _ field: DocumentState.Field, _ state: DocumentState, view: MemoryView,
        in context: inout WriteContext
    ) throws -> CBORValue {
        guard let policy = ConflictPolicy(rawValue: name) else {
            throw HiveError(
                .invalidInput, "`\(name)` is no way to settle a conflict",
                hint: "use \(ConflictPolicy.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let authority = try context.replica.authority(of: state.address.scope, in: context.transaction)
        let candidates = try field.state.siblings.map { sibling in
            let author = try view.transaction.logs.row(sibling.dot.log)?.descriptor.author.nodeID
            let written =
                state[EngramField.confidence]?.siblings.first { $0.dot == sibling.dot }
                ?? state.shown(EngramField.confidence)
            let confidence: Double = if case .double(let value)? = written?.inline { value } else { 0.5 }
            return ConflictCandidate(
                dot: sibling.dot, stamp: sibling.stamp, author: author ?? NodeID(.zero),
                rank: author.flatMap { authority.members[$0]?.rank } ?? .max, confidence: confidence,
                value: try Self.value(of: sibling, view: view).cbor)
        }
        switch policy.settle(candidates, local: context.replica.identity.node) {
        case .take(let dot):
            guard let value = candidates.first(where: { $0.dot == dot })?.value else { fallthrough }
            return value
        case nil: throw HiveError(.conflictRemains, "`\(name)` has nothing to choose from here", hint: "use --value")
        case .put(let value): return value
        case .leave, .ask:
            throw HiveError(
                .conflictRemains, "`\(name)` leaves the conflict as it is", hint: "use newest, local, remote or --value"
            )
        }
    }
}
