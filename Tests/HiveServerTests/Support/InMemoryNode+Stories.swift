import HiveAPI

extension InMemoryNode: EpisodeService {
    func startEpisode(_ request: StartEpisode, as caller: Caller) async throws -> MemoryAnswer {
        let answer = try await store(request.memory, as: caller)
        return try change(answer.memory.id, isNew: answer.created) { memory in
            memory.episode = EpisodeDetail(startedAt: memory.createdAt, significance: request.significance)
        }
    }

    func append(_ event: AppendEvent, toEpisode id: String, as caller: Caller) async throws -> MemoryAnswer {
        note("append", caller)
        try event.checkLimits()
        return try change(id) { memory in
            if let outcome = memory.episode?.outcome, !event.reopen {
                throw HiveError(.episodeEnded, "it has ended, with \(outcome)", hint: "reopen it")
            }
            memory.episode?.outcome = nil
            memory.episode?.events.append(
                EpisodeEvent(event.text, at: event.at ?? Self.time(30), data: event.data, agent: caller.agent))
        }
    }

    func endEpisode(_ id: String, with request: EndEpisode, as caller: Caller) async throws -> MemoryAnswer {
        note("endEpisode", caller)
        try request.checkLimits()
        return try change(id) { memory in
            memory.episode?.outcome = request.outcome
            memory.episode?.endedAt = request.at ?? Self.time(40)
            if let significance = request.significance { memory.episode?.significance = significance }
        }
    }

    func reopenEpisode(_ id: String, with request: ReopenEpisode, as caller: Caller) async throws -> MemoryAnswer {
        note("reopenEpisode", caller)
        return try change(id) { $0.episode?.outcome = nil }
    }

    func episodes(_ query: EpisodeQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        note("episodes", caller)
        return Page(items: hits { $0.episode != nil && (query.outcome == nil || $0.episode?.outcome == query.outcome) })
    }

    func episodes(similarTo id: String, _ query: SimilarQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        note("similar", caller)
        try query.checkLimits()
        return Page(items: Array(hits { $0.episode != nil && $0.id != id }.prefix(query.limit)))
    }

    private func hits(_ admits: (Memory) -> Bool) -> [MemoryHit] {
        withState { state in
            state.records.values.map(\.memory).filter(admits).sorted { $0.id < $1.id }.map {
                MemoryHit(memory: $0, score: 1)
            }
        }
    }

    private func change(
        _ id: String, isNew: Bool = false, _ body: (inout Memory) throws -> Void
    ) throws -> MemoryAnswer {
        try withState { state in
            guard var record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
            try body(&record.memory)
            record.number += 1
            record.memory.version = Self.version(record.number)
            state.records[id] = record
            return MemoryAnswer(memory: record.memory, created: isNew)
        }
    }
}

extension InMemoryNode: SkillService {
    func addSkill(_ request: AddSkill, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        let answer = try await store(request.memory, as: caller)
        return try change(answer.memory.id, isNew: answer.created) { $0.skill = request.memory.skill }
    }

    func refineSkill(_ id: String, with request: RefineSkill, as caller: Caller) async throws -> MemoryAnswer {
        note("refineSkill", caller)
        try request.checkLimits()
        return try change(id) { memory in
            memory.skill?.refinements.append(SkillRefinement(why: request.why, steps: request.steps, at: Self.time(1)))
            if let steps = request.steps { memory.skill?.steps = steps }
        }
    }

    func useSkill(_ id: String, _ request: UseSkill, as caller: Caller) async throws -> MemoryAnswer {
        note("useSkill", caller)
        try request.checkLimits()
        return try change(id) { memory in
            memory.skill?.uses += 1
            if request.result == "success" { memory.skill?.successes += 1 }
        }
    }

    func skills(_ query: SkillQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        note("skills", caller)
        return Page(items: hits { $0.skill != nil })
    }

    func proposeSkills(_ request: ProposeSkills, as caller: Caller) async throws -> SkillProposals {
        note("proposeSkills", caller)
        try request.checkLimits()
        let successes = hits { $0.episode?.outcome == "success" }.map(\.memory)
        guard successes.count >= request.episodes else { return SkillProposals(items: [], considered: successes.count) }
        let proposal = SkillProposal(
            id: "s1", scope: "instance", trigger: successes[0].content ?? "", steps: ["one"],
            episodes: successes.map(\.id), written: !request.dryRun)
        return SkillProposals(items: [proposal], considered: successes.count)
    }
}

extension InMemoryNode: PromotionService {
    func promote(_ id: String, _ request: PromoteMemory, as caller: Caller) async throws -> PromotionAnswer {
        note("promote", caller)
        guard request.to == "universal" else { throw HiveError(.invalidInput, "`\(request.to)` is no wider") }
        return try withState { state in
            guard let record = state.records[id] else { throw HiveError(.notFound, "there is no memory `\(id)`") }
            var copy = record
            copy.memory.id = "copy-of-" + id
            copy.memory.scope = request.to
            let isNew = state.records[copy.memory.id] == nil
            state.records[copy.memory.id] = copy
            return PromotionAnswer(
                memory: copy.memory, created: isNew, changed: isNew, original: id,
                originalForgotten: request.forgetOriginal)
        }
    }
}
