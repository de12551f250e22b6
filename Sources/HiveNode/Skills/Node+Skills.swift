public import HiveAPI
import HiveCore

extension Node: SkillService {
    /// The hits whose triggers are compared with a question.
    private static let candidates = 100

    public func addSkill(_ request: AddSkill, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            return try await store(request.memory, as: caller)
        }
    }

    public func refineSkill(_ id: String, with request: RefineSkill, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let said = [request.trigger, request.why].compactMap(\.self) + (request.steps ?? [])
            try permit(all: said, of: .procedural, in: request.json, by: agent, as: caller)
            return try await changeStory(id, kind: .procedural, version: request.version, by: agent) { story in
                let refinement = Skill.Refinement(
                    why: request.why, steps: request.steps, at: story.now, agent: agent)
                var changes: [Draft.Change] = [.append(EngramField.refinements, [refinement.value])]
                if let steps = request.steps { changes.append(.set(EngramField.steps, Skill.value(of: steps))) }
                if let trigger = request.trigger { changes.append(.set(EngramField.trigger, .text(trigger))) }
                return changes
            }
        }
    }

    public func useSkill(_ id: String, _ request: UseSkill, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let once = RepeatedRequest(request.idempotencyKey, request.json, about: id, as: caller)
            let note = try request.note.map { note in
                try isFirst(once) ? permit(note, of: .procedural, in: request.json, by: agent, as: caller) : note
            }
            return try await changeStory(id, kind: .procedural, by: agent, once: once) { story in
                let succeeded = request.result == "success"
                var changes: [Draft.Change] = [.count(EngramField.uses, 1)]
                if succeeded { changes.append(.count(EngramField.successes, 1)) }
                if let note, !note.isEmpty {
                    let said = Skill.UseNote(succeeded: succeeded, text: note, at: story.now, agent: agent)
                    changes.append(.append(EngramField.useNotes, [said.value]))
                }
                return changes
            }
        }
    }

    /// With a question, half of the score is what any search gives, half how well the trigger fits it; of equal scores the
    /// skill that fared better comes first.
    public func skills(_ query: SkillQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try await naming {
            guard let question = query.q else { return try await search(query.memories, as: caller) }
            guard (1...Self.candidates).contains(query.limit), query.cursor == nil else {
                throw HiveError(
                    .invalidInput, "skills for a situation come on one page of 1 to \(Self.candidates)",
                    hint: "leave `cursor` out, and ask for fewer")
            }
            var memories = query.memories
            memories.limit = Self.candidates
            let found = try await search(memories, as: caller)
            let fits = try await TriggerFit(question, meaning: meaning).fits(
                of: found.items.map { $0.memory.skill?.trigger ?? "" })
            let hits = zip(found.items, fits).map { MemoryHit(memory: $0.memory, score: ($0.score + $1) / 2) }
            let sorted = hits.sorted { left, right in
                if left.score != right.score { return left.score > right.score }
                let rates = [left, right].map { $0.memory.skill?.rateAtLeast ?? 0 }
                return rates[0] != rates[1] ? rates[0] > rates[1] : left.memory.id < right.memory.id
            }
            return Page(items: Array(sorted.prefix(query.limit)), degraded: found.degraded)
        }
    }
}
