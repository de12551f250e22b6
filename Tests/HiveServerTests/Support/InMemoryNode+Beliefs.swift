import HiveAPI

extension InMemoryNode: AssessmentService {
    func verify(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("verify", caller)
        return try change(id) { $0.epistemic.verifications = request.withdraw ? 0 : 1 }
    }

    func contradict(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("contradict", caller)
        return try change(id) { $0.epistemic.contradictions = request.withdraw ? 0 : 1 }
    }

    func retract(_ id: String, with request: RetractMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("retract", caller)
        return try change(id) { memory in
            guard !request.requireCurrent || request.version == memory.version else {
                throw HiveError(.staleVersion, "the memory has changed since", hint: "read it again")
            }
            memory.epistemic.status = "retracted"
            memory.epistemic.retraction = RetractionNote(reason: request.reason, kept: request.kept)
        }
    }

    func use(_ id: String, with request: UseMemory, as caller: Caller) async throws -> UseReport {
        note("use", caller)
        _ = try await memory(id, as: caller)
        return UseReport(id: id, uses: request.times, firstUsedAt: Self.time(1), lastUsedAt: Self.time(1))
    }

    private func change(_ id: String, _ body: (inout Memory) throws -> Void) throws -> MemoryAnswer {
        try withState { state in
            guard var record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
            try body(&record.memory)
            record.number += 1
            record.memory.version = Self.version(record.number)
            state.records[id] = record
            return MemoryAnswer(memory: record.memory)
        }
    }
}

extension InMemoryNode: BeliefService {
    func belief(_ id: String, as caller: Caller) async throws -> BeliefReport {
        let memory = try await memory(id, as: caller)
        return BeliefReport(
            id: id, confidence: 0.5, stated: memory.confidence ?? 0.7, assumed: memory.confidence == nil, ceiling: 1,
            since: memory.createdAt, ageSeconds: 0, freshness: 1, trust: 0.5,
            witnesses: [BeliefWitness(agent: memory.author.agent, node: memory.author.node, trust: 0.5)], support: 0,
            doubt: 0, use: UseReport(id: id, uses: 0))
    }

    func beliefs(_ query: BeliefQuery, as caller: Caller) async throws -> Page<Memory> {
        note("beliefs", caller)
        return withState { state in
            let held = state.records.values.map(\.memory).filter { memory in
                memory.epistemic.subject != nil
                    && (query.subject ?? memory.epistemic.subject) == memory.epistemic.subject
            }
            return Page(items: Array(held.sorted { $0.id < $1.id }.prefix(query.limit)))
        }
    }

    func memory(_ id: String, at time: String, as caller: Caller) async throws -> PastMemory {
        note("memory at \(time)", caller)
        return PastMemory(memory: try await memory(id, as: caller), at: time, gone: ["context"])
    }
}
