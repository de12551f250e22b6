import HiveAPI

/// Working sets without decay: the last looked at comes first.
extension InMemoryNode: WorkingMemoryService {
    func context(_ query: ContextQuery, as caller: Caller) async throws -> ContextAnswer {
        note("context", caller)
        let block = "<\(query.format) \(query.q ?? "-") \(query.tag.joined(separator: "+"))>"
        return ContextAnswer(
            format: query.format, block: block, budget: query.budget ?? 4000, tokens: 9, items: [], leftOut: ["m9"])
    }

    func workingSet(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        note("workingSet", caller)
        return answer(query.agent ?? caller.agent, budget: query.budget)
    }

    func attend(_ request: AttendMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        note("attend", caller)
        let memory = try await memory(request.id, as: caller)
        withState { $0.attended = [memory.id] + $0.attended.filter { $0 != memory.id } }
        return answer(request.agent ?? caller.agent, budget: request.budget)
    }

    func refresh(_ request: RefreshWorking, as caller: Caller) async throws -> WorkingSetAnswer {
        note("refresh", caller)
        return answer(request.agent ?? caller.agent, budget: request.budget)
    }

    func evict(_ request: EvictMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        note("evict", caller)
        let isThere = withState { state in
            let before = state.attended.count
            state.attended.removeAll { $0 == request.id }
            return state.attended.count < before
        }
        guard isThere else { throw HiveError(.notFound, "`\(request.id)` is not in the working set") }
        return answer(request.agent ?? caller.agent, budget: nil)
    }

    func clear(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        note("clear", caller)
        withState { $0.attended = [] }
        return answer(query.agent ?? caller.agent, budget: nil)
    }

    private func answer(_ agent: String?, budget: Int?) -> WorkingSetAnswer {
        let items = withState(\.attended).map { id in
            WorkingEntry(
                id: id, kind: "instant", scope: "instance", excerpt: "", attention: 1, weight: 1,
                attendedAt: Self.time(1), tokens: 1, shortened: false)
        }
        return WorkingSetAnswer(agent: agent ?? "default", budget: budget ?? 4000, tokens: items.count, items: items)
    }
}
