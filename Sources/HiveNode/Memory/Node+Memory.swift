public import HiveAPI
import HiveCore

extension Node: MemoryService {
    private static let idempotency = "idempotency"

    public func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let key = request.idempotencyKey.map { Array("\(caller.role.rawValue)/\($0)".utf8) }
            let digest = Digest.sha256(domain: "hive/1/request", request.json.bytes)
            let answer = try await kernel.write { context in
                if let key, let earlier = try Self.stored(under: key, for: digest, in: &context) { return earlier }
                let state = try self.write(request, agent: agent, in: &context)
                if let key {
                    try context.transaction.local.set(
                        state.address.scope.digest.bytes + state.address.document.bytes + digest.bytes, for: key,
                        in: Self.idempotency)
                }
                return try Self.answer(state, basedOn: nil, created: true, in: &context)
            }
            counters.add(to: "memories_stored")
            return answer
        }
    }

    /// Writes a new memory in the scope that it names, or else in the one for its kind.
    func write(
        _ request: StoreMemory, agent: String?, in context: inout WriteContext
    ) throws -> DocumentState {
        if let record = try request.record.map(RecordRestoration.init) {
            return try restore(record, of: request, agent: agent, in: &context)
        }
        guard let kind = EngramKind(rawValue: request.kind ?? "semantic") else {
            throw HiveError(
                .invalidInput, "`\(request.kind ?? "")` is no kind of memory",
                hint: "use instant, episodic, semantic or procedural")
        }
        let scope = request.scope ?? settings.defaultScopes[kind]?.description ?? ScopeName.instance.description
        let founding = try Self.scope(scope, in: &context)
        let draft = Draft(
            kind.document, at: Replica.newAddress(in: founding.scope, random: &context.random), agent: agent,
            changes: try MemoryDrafts.changes(for: request, now: context.now))
        return try context.commit([draft]).states[0]
    }

    /// What an earlier request with the same key stored. Throws where that was another request.
    private static func stored(
        under key: [UInt8], for request: Digest, in context: inout WriteContext
    ) throws -> MemoryAnswer? {
        guard let bytes = try context.transaction.local.value(key, in: idempotency), bytes.count == 80 else {
            return nil
        }
        guard Array(bytes[48...]) == request.bytes else {
            throw HiveError(
                .keyReused, "the idempotency key was used for another request", hint: "take a new key for each request")
        }
        guard let scope = Digest(bytes: bytes[..<32]), let document = DocumentID(bytes: bytes[32..<48]),
            let state = try context.transaction.documents.state(
                DocumentAddress(scope: ScopeID(scope), document: document))
        else { return nil }
        return try answer(state, basedOn: nil, created: false, in: &context)
    }

    /// The scope with a name; an agent's own scope is founded when it is first written to.
    static func scope(_ text: String, in context: inout WriteContext) throws -> ScopeFounding {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        if let founding = try lookup.find(text) { return founding }
        guard let name = ScopeName(text), name.kind == .agent else { return try lookup.require(text) }
        let identity = context.replica.identity
        let founding = ScopeFounding(hive: identity.hive, name: name, founder: identity.node)
        try context.replica.learn(founding, in: context.transaction)
        _ = try context.commit([Replica.foundingDraft(founding)])
        return founding
    }

    private static func answer(
        _ state: DocumentState, basedOn: VersionVector?, created: Bool, in context: inout WriteContext
    ) throws -> MemoryAnswer {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        let view = MemoryView(transaction: context.transaction, lookup: lookup)
        guard let memory = try view.memory(state) else { throw HiveError(.notFound, "the document is no memory") }
        return MemoryAnswer(memory: memory, basedOn: basedOn?.token, created: created)
    }

    public func memory(_ id: String, as caller: Caller) async throws -> Memory {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                guard let memory = try view.memory(try view.find(id)) else {
                    throw HiveError(.notFound, "there is no memory `\(id)`")
                }
                return memory
            }
        }
    }

    public func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                let view = MemoryView(transaction: context.transaction, lookup: lookup)
                let state = try view.find(id, evenForgotten: true)
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                guard let engram = try view.engram(state) else {
                    throw HiveError(.notFound, "the document is no memory")
                }
                let changes = try MemoryDrafts.changes(for: request, state: state, engram: engram, now: context.now)
                guard !changes.isEmpty else {
                    return try Self.answer(
                        state, basedOn: seen == nil ? state.version : nil, created: false, in: &context)
                }
                let draft = Draft(state.kind, at: state.address, agent: agent, seen: seen, changes: changes)
                let receipt = try context.commit([draft])
                return try Self.answer(
                    receipt.states[0], basedOn: seen == nil ? receipt.bases[0] : nil, created: false, in: &context)
            }
        }
    }

    /// What the caller saw; nil where it did not say. Throws where it must be current and is not.
    static func seen(
        _ token: String?, mustBeCurrent: Bool, _ state: DocumentState
    ) throws(HiveError) -> VersionVector? {
        guard let token else { return nil }
        guard let version = VersionVector(token: token) else {
            throw HiveError(.invalidInput, "`version` is no version", hint: "present it as it was given")
        }
        guard !mustBeCurrent || version == state.version else {
            throw HiveError(.staleVersion, "the memory has changed since it was read", hint: "read it again")
        }
        return version
    }

    public func remove(_ id: String, _ request: RemoveMemory, as caller: Caller) async throws -> RemovalAnswer {
        try await naming {
            if request.mode == .erase, caller.role != .operator {
                throw HiveError(.forbidden, "an agent may not erase", hint: "forget it, or use the operator token")
            }
            let hold = request.now ? 0 : settings.erasureHold
            let agent = request.agent ?? caller.agent
            let (state, due) = try await kernel.write { context -> (DocumentState, Timestamp) in
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                let view = MemoryView(transaction: context.transaction, lookup: lookup)
                let isErasure = request.mode == .erase
                let state = try view.find(id, evenForgotten: isErasure, evenErased: isErasure)
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                let wanted = context.now.advanced(bySeconds: hold)
                let due = Timestamp(milliseconds: min(wanted.milliseconds, state.erasureDue ?? .max))
                let change: Draft.Change =
                    request.mode == .forget
                    ? .set(ReservedField.presence, .bool(false))
                    : .set(ReservedField.erasure, .integer(request.now ? 0 : due.milliseconds))
                let draft = Draft(
                    state.kind, at: state.address, agent: agent, seen: seen, resolves: true, changes: [change])
                return (try context.commit([draft]).states[0], due)
            }
            guard request.mode == .erase else {
                return RemovalAnswer(
                    id: state.address.document.description, mode: .forget, version: state.version.token,
                    hint: "an update brings it back")
            }
            if request.now { try await purge() }
            return RemovalAnswer(
                id: state.address.document.description, mode: .erase, version: state.version.token,
                purged: request.now, purgeAfter: due.rfc3339)
        }
    }

    public func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry> {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                let state = try view.find(id, evenForgotten: true)
                let authority = try replica.authority(of: state.address.scope, in: transaction)
                let operations = try transaction.logs.operations(.document(state.address))
                    .sorted { ($0.header.stamp, $0.dot) < ($1.header.stamp, $1.dot) }
                return Page(
                    items: try operations.map { try self.entry($0, state: state, view: view, authority: authority) })
            }
        }
    }

    private func entry(
        _ operation: Operation, state: DocumentState, view: MemoryView, authority: Authority
    ) throws -> HistoryEntry {
        let body = operation.decodedBody
        let presence = body?.changes.first { $0.field == .number(ReservedField.presence) }?.change
        let what: String =
            if presence == .set(.bool(false)) { "forgotten" } else if presence == .set(.bool(true)) {
                "restored"
            } else if operation.header.fields == [.number(ReservedField.erasure)] {
                "erased"
            } else if operation.dot == state.creation.dot { "created" } else { "updated" }
        let time = Timestamp(milliseconds: Int64(operation.header.stamp.milliseconds))
        return HistoryEntry(
            dot: operation.dot.description, time: time.rfc3339,
            author: try view.author(operation.dot, agent: body?.agent), operation: what,
            changes: body?.changes.map(\.json) ?? [])
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
