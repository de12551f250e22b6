import HiveAPI

extension InMemoryNode: MemoryService {
    func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("store", caller)
        try request.checkLimits()
        if let kind = request.kind, !["instant", "episodic", "semantic", "procedural"].contains(kind) {
            throw HiveError(.invalidInput, "`kind` cannot be `\(kind)`")
        }
        if let scope = request.scope, !["instance", "collective:main", "universal"].contains(scope) {
            throw HiveError(.unknownScope, "there is no scope `\(scope)` here")
        }
        let answer = withState { state -> MemoryAnswer in
            if let key = request.idempotencyKey, var known = state.answers[key] {
                known.created = false
                return known
            }
            state.clock += 1
            let time = Self.time(state.clock)
            let memory = Memory(
                id: "m\(state.clock)", kind: request.kind ?? "semantic", scope: request.scope ?? "collective:main",
                category: request.category, content: request.content, context: request.context,
                tags: Array(Set(request.tags)).sorted(), metadata: request.metadata, confidence: request.confidence,
                epistemic: Epistemic(
                    status: request.status, source: request.source, subject: request.subject,
                    relation: request.relation, object: request.object, user: request.user),
                author: Author(agent: request.agent ?? caller.agent, node: "n1"), createdAt: time, updatedAt: time,
                expiresAt: request.expiresAt ?? request.expiresIn.map { "in \($0) s" }, links: request.links,
                version: Self.version(1))
            var record = Record(memory: memory, number: 1)
            let content = FieldWrite(field: "content", value: .string(request.content))
            record.history.append(entry(memory, "created", state.clock, [content]))
            state.records[memory.id] = record
            let answer = MemoryAnswer(memory: memory, created: true)
            if let key = request.idempotencyKey { state.answers[key] = answer }
            return answer
        }
        if answer.created {
            broadcast.publish("memory.created", at: answer.memory.createdAt, ["id": .string(answer.memory.id)])
        }
        return answer
    }

    private func entry(_ memory: Memory, _ operation: String, _ clock: Int, _ changes: [FieldWrite]) -> HistoryEntry {
        HistoryEntry(
            dot: "log:\(clock)", time: Self.time(clock), author: memory.author, operation: operation, changes: changes)
    }

    func memory(_ id: String, as caller: Caller) async throws -> Memory {
        note("memory", caller)
        return try withState { try Self.find(id, in: $0).memory }
    }

    private static func find(_ id: String, in state: State) throws -> Record {
        guard let record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
        if record.isErased { throw HiveError(.erased, "the memory `\(id)` was erased") }
        if record.isForgotten {
            throw HiveError(.forgotten, "the memory `\(id)` was forgotten", hint: "an update brings it back")
        }
        return record
    }

    func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        note("search", caller)
        return withState { state in
            let words = (query.q ?? "").lowercased().split(separator: " ")
            let found = state.records.values.filter { record in
                guard !record.isForgotten, !record.isErased else { return false }
                let memory = record.memory
                let text = (memory.content ?? "").lowercased()
                return (words.isEmpty || words.contains { text.contains($0) })
                    && (query.category == nil || query.category == memory.category)
                    && (query.kind == nil || query.kind == memory.kind)
                    && query.tag.allSatisfy(memory.tags.contains)
                    && (query.since == nil || memory.updatedAt >= query.since ?? "")
            }.map(\.memory).sorted { $0.updatedAt > $1.updatedAt }
            let start = query.cursor.flatMap { Int($0) } ?? 0
            let page = found.dropFirst(start).prefix(query.limit)
            return Page(
                items: page.map { MemoryHit(memory: $0, score: 1, why: query.explain ? ["words": 1] : nil) },
                next: found.count > start + page.count ? String(start + page.count) : nil)
        }
    }

    func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("update", caller)
        try request.checkLimits()
        return try withState { state in
            guard var record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
            if record.isErased { throw HiveError(.erased, "the memory `\(id)` was erased") }
            let isStale = request.version.map { $0 != record.memory.version } ?? false
            if isStale, request.requireCurrent {
                throw HiveError(.staleVersion, "the memory has changed since", hint: "read it again")
            }
            let basedOn = request.version == nil ? record.memory.version : nil
            state.clock += 1
            Self.apply(request, to: &record.memory)
            record.isForgotten = false
            record.number += 1
            record.memory.version = Self.version(record.number)
            record.memory.updatedAt = Self.time(state.clock)
            record.memory.contested = record.memory.contested || isStale
            record.history.append(entry(record.memory, "updated", state.clock, []))
            state.records[id] = record
            return MemoryAnswer(memory: record.memory, basedOn: basedOn, contested: isStale)
        }
    }

    private static func apply(_ request: UpdateMemory, to memory: inout Memory) {
        if let content = request.content { memory.content = content }
        if request.category != .keep { memory.category = request.category.value }
        if request.context != .keep { memory.context = request.context.value }
        if request.confidence != .keep { memory.confidence = request.confidence.value }
        let tags = Set(request.tags ?? memory.tags).union(request.addTags).subtracting(request.removeTags)
        memory.tags = tags.sorted()
        memory.links = memory.links.filter { !request.removeLinks.contains($0) } + request.addLinks
        for (key, value) in request.metadata { memory.metadata[key] = value == .null ? nil : value }
    }

    func remove(_ id: String, _ request: RemoveMemory, as caller: Caller) async throws -> RemovalAnswer {
        note("remove \(request.mode.rawValue)", caller)
        return try withState { state in
            var record = try Self.find(id, in: state)
            if request.requireCurrent, request.version != record.memory.version {
                throw HiveError(.staleVersion, "the memory has changed since", hint: "read it again")
            }
            record.isForgotten = request.mode == .forget
            record.isErased = request.mode == .erase
            record.number += 1
            record.memory.version = Self.version(record.number)
            state.records[id] = record
            return RemovalAnswer(
                id: id, mode: request.mode, version: record.memory.version,
                purged: request.mode == .erase && request.now)
        }
    }

    func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry> {
        note("history", caller)
        return try withState { Page(items: try Self.find(id, in: $0).history) }
    }
}
