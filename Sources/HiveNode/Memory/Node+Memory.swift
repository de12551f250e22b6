public import HiveAPI
import HiveCore

extension Node: MemoryService {
    public func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let repeated = RepeatedRequest(request.idempotencyKey, request.json, as: caller)
            var request = request
            if try isFirst(repeated) { try permit(&request, as: caller) }
            let answer = try await kernel.write { [request] context in
                if let earlier = try repeated?.earlier(in: context.transaction) {
                    return try self.answer(earlier, basedOn: nil, created: false, in: &context)
                }
                var request = request
                request.links = try self.checked(request.links, from: nil, in: &context)
                let folded = try self.fold(request, agent: agent, in: &context)
                let state = try folded ?? self.write(request, agent: agent, in: &context)
                try repeated?.keep(state.address, in: context.transaction)
                return try self.answer(state, basedOn: nil, created: folded == nil, in: &context)
            }
            counters.add(to: answer.created ? "memories_stored" : "memories_folded")
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
        let founding = try Self.scope(scope(of: request, kind, agent: agent), in: &context)
        let draft = Draft(
            kind.document, at: Replica.newAddress(in: founding.scope, random: &context.random), agent: agent,
            changes: try MemoryDrafts.changes(for: request, now: context.now))
        return try context.commit([draft]).states[0]
    }

    /// The scope that a request names, or else the one for its kind.
    func scope(of request: StoreMemory, _ kind: EngramKind, agent: String?) throws -> String {
        try request.scope ?? settings.defaultScopes.scope(for: kind, agent: agent).description
    }

    /// The scope with a name; an agent's own scope is founded when it is first written to.
    static func scope(_ text: String, in context: inout WriteContext) throws -> ScopeFounding {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        if let founding = try lookup.find(text) { return founding }
        guard let name = ScopeName(text), name.kind == .agent else { return try lookup.require(text) }
        return try found(name, in: &context)
    }

    func answer(
        _ state: DocumentState, basedOn: VersionVector?, created: Bool, in context: inout WriteContext
    ) throws -> MemoryAnswer {
        let view = try view(in: &context)
        guard let memory = try view.memory(state) else { throw HiveError(.notFound, "the document is no memory") }
        return MemoryAnswer(
            memory: memory, basedOn: basedOn?.token, created: created,
            contradicts: try Contradiction.of(state, scopes: view.lookup.scopes, now: context.now, in: view.transaction)
        )
    }

    public func memory(_ id: String, as caller: Caller) async throws -> Memory {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                let state = try view.find(id)
                guard var memory = try view.memory(state) else {
                    throw HiveError(.notFound, "there is no memory `\(id)`")
                }
                try Self.checkExpiry(of: state, now: self.kernel.surroundings.now())
                memory.lifecycle = try self.lifecycle(of: state, view: view)
                return memory
            }
        }
    }

    public func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let repeated = RepeatedRequest(
                request.idempotencyKey, request.json, kind: "update", about: id, as: caller)
            var request = request
            try permit(&request, of: id, as: caller)
            return try await kernel.write { [request] context in
                if let earlier = try repeated?.earlier(in: context.transaction) {
                    return try self.answer(earlier, basedOn: nil, created: false, in: &context)
                }
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                let view = MemoryView(transaction: context.transaction, lookup: lookup)
                let state = try view.find(id, evenForgotten: true)
                try repeated?.keep(state.address, in: context.transaction)
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                guard let engram = try view.engram(state) else {
                    throw HiveError(.notFound, "the document is no memory")
                }
                var request = request
                request.addLinks = try self.checked(request.addLinks, from: state, in: &context)
                let changes = try MemoryDrafts.changes(for: request, state: state, engram: engram, now: context.now)
                guard !changes.isEmpty else {
                    return try self.answer(
                        state, basedOn: seen == nil ? state.version : nil, created: false, in: &context)
                }
                let draft = Draft(state.kind, at: state.address, agent: agent, seen: seen, changes: changes)
                let receipt = try context.commit([draft])
                return try self.answer(
                    receipt.states[0], basedOn: seen == nil ? receipt.bases[0] : nil, created: false, in: &context)
            }
        }
    }

    /// Throws `expired` for what nobody is to find any more.
    private static func checkExpiry(of state: DocumentState, now: Timestamp) throws(HiveError) {
        let expires = state.shown(EngramField.expires)?.inline?.integer.map(Timestamp.init(milliseconds:))
        guard let expires, expires <= now else { return }
        let id = state.address.document.short
        throw HiveError(
            .expired, "the memory `\(id)` expired at \(expires.rfc3339)",
            hint: "bring it back: hivectl memory update \(id) --expires never")
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
            let (state, due, copies) = try await kernel.write { context in
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
                let removed = try context.commit([draft]).states[0]
                let copies =
                    isErasure
                    ? try CopyErasure(agent: agent, isByItself: false).erase(after: removed, in: &context) : .init()
                return (removed, due, copies)
            }
            guard request.mode == .erase else {
                return RemovalAnswer(
                    id: state.address.document.description, mode: .forget, version: state.version.token,
                    hint: "an update brings it back")
            }
            // Before the caller hears of it: a copy of the database that is put back later must not undo it.
            try noteErasures([state] + copies.erased)
            if request.now { try await purge() }
            return RemovalAnswer(
                id: state.address.document.description, mode: .erase, version: state.version.token,
                purged: request.now, purgeAfter: due.rfc3339,
                unreadableBy: try unreadableBy(purgedAt: request.now ? kernel.surroundings.now() : due)?.rfc3339,
                hint: copies.hint)
        }
    }
}
