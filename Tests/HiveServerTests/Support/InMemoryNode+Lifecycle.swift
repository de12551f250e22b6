import HiveAPI

extension InMemoryNode: LifecycleService {
    func mark(_ id: String, _ request: MarkMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("mark", caller)
        return try withState { state in
            guard var record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
            var life = record.memory.lifecycle ?? Lifecycle(vitality: 1, idleSeconds: 0)
            life.archived = request.archived ?? life.archived
            life.pinned = request.pinned ?? life.pinned
            life.core = request.core ?? life.core
            record.memory.lifecycle = life
            state.records[id] = record
            return MemoryAnswer(memory: record.memory)
        }
    }

    func duplicates(_ query: DuplicateQuery, as caller: Caller) async throws -> Page<DuplicateProposal> {
        note("duplicates \(query.threshold)", caller)
        return withState { state in
            let found = state.records.values.map(\.memory).sorted { $0.id < $1.id }.map { memory in
                DuplicateProposal.Party(
                    id: memory.id, scope: memory.scope, kind: memory.kind, excerpt: memory.content ?? "",
                    createdAt: memory.createdAt)
            }
            let pairs = zip(found, found.dropFirst()).filter { $0.excerpt == $1.excerpt }
            return Page(
                items: pairs.map {
                    DuplicateProposal(keep: $0, other: $1, similarity: 1, words: 1, meaning: nil, exact: true)
                })
        }
    }

    func merge(_ keep: String, _ request: MergeMemories, as caller: Caller) async throws -> MemoryAnswer {
        note("merge", caller)
        return try withState { state in
            for other in request.others {
                guard state.records[other] != nil else { throw HiveError(.notFound, "there is no memory `\(other)`") }
                state.records[other]?.isForgotten = true
            }
            guard let record = state.records[keep] else { throw HiveError(.notFound, "there is no memory `\(keep)`") }
            return MemoryAnswer(memory: record.memory)
        }
    }

    func consolidate(_ request: Consolidate, as caller: Caller) async throws -> ConsolidationReport {
        note("consolidate", caller)
        try caller.requireOperator(to: "consolidate memories")
        return ConsolidationReport(dryRun: request.dryRun, startedAt: Self.time(1))
    }

    func lifecycle(as caller: Caller) async throws -> LifecycleStatus {
        note("lifecycle", caller)
        return LifecycleStatus(consolidation: true, at: "03:00")
    }
}
