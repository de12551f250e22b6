public import HiveAPI
import HiveCore

extension Node: EpisodeService {
    /// Of a long episode only so many bytes are looked for in others.
    private static let likenessBytes = 8 << 10

    public func startEpisode(_ request: StartEpisode, as caller: Caller) async throws -> MemoryAnswer {
        try await store(request.memory, as: caller)
    }

    public func append(
        _ event: AppendEvent, toEpisode id: String, as caller: Caller
    ) async throws -> MemoryAnswer {
        try await naming {
            try event.checkLimits()
            let agent = event.agent ?? caller.agent
            let once = RepeatedRequest(event.idempotencyKey, event.json, about: id, as: caller)
            let text =
                try isFirst(once)
                ? permit(event.text, of: .episodic, in: event.json, by: agent, as: caller) : event.text
            return try await changeStory(id, kind: .episodic, by: agent, once: once) { story in
                var changes: [Draft.Change] = []
                if let outcome = Episode(story.engram)?.outcome {
                    guard event.reopen else {
                        throw HiveError(
                            .episodeEnded, "the episode `\(id)` has ended, with \(outcome)",
                            hint:
                                "start another one, or reopen this one: hivectl memory episode append \(id) … --reopen")
                    }
                    changes.append(.set(EngramField.outcome, .null))
                }
                let record = EpisodeEvent(text, at: event.at, data: event.data, agent: agent)
                let happened = try StoryDrafts.event(record, now: story.now)
                return changes + [.append(EngramField.events, [happened.value])]
            }
        }
    }

    public func endEpisode(_ id: String, with request: EndEpisode, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let note = try request.note.map {
                try permit($0, of: .episodic, in: request.json, by: agent, as: caller)
            }
            return try await changeStory(id, kind: .episodic, version: request.version, by: agent) { story in
                let episode = Episode(story.engram)
                if request.version == nil, let outcome = episode?.outcome {
                    throw HiveError(
                        .episodeEnded, "the episode `\(id)` has ended already, with \(outcome)",
                        hint: "reopen it first: hivectl memory episode reopen \(id)")
                }
                let ended = try StoryDrafts.time(request.at, "at", now: story.now)
                var changes = try StoryDrafts.ending(
                    request.outcome, at: ended, since: episode?.started ?? story.engram.created)
                if let significance = request.significance {
                    changes.append(.set(EngramField.significance, .double(significance)))
                }
                if let note {
                    let last = Episode.Event(note, at: ended, agent: agent)
                    changes.append(.append(EngramField.events, [last.value]))
                }
                return changes
            }
        }
    }

    public func reopenEpisode(
        _ id: String, with request: ReopenEpisode, as caller: Caller
    ) async throws -> MemoryAnswer {
        try await naming {
            let agent = request.agent ?? caller.agent
            return try await changeStory(id, kind: .episodic, version: request.version, by: agent) { story in
                guard Episode(story.engram)?.isOpen == false else {
                    throw HiveError(.invalidInput, "the episode `\(id)` has not ended", hint: "append to it")
                }
                return [.set(EngramField.outcome, .null)]
            }
        }
    }

    public func episodes(_ query: EpisodeQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try await search(query.memories, as: caller)
    }

    public func episodes(
        similarTo id: String, _ query: SimilarQuery, as caller: Caller
    ) async throws -> Page<MemoryHit> {
        try await naming {
            try query.checkLimits()
            let (own, text) = try kernel.consult { replica, transaction in
                let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
                let state = try view.find(id)
                guard let engram = try view.engram(state), engram.kind == .episodic, let entry = engram.indexEntry
                else {
                    throw HiveError(.invalidInput, "the memory `\(id)` is no episode", hint: "search for its words")
                }
                return (state.address.document.description, entry.text)
            }
            let question = String(decoding: text.utf8.prefix(Self.likenessBytes), as: UTF8.self)
            var memories = MemoryQuery(q: question, limit: query.limit + 1, kind: "episodic", scope: query.scope)
            memories.outcome = query.outcome
            let hits = try await search(memories, as: caller).items.filter { $0.memory.id != own }
            return Page(items: Array(hits.prefix(query.limit)))
        }
    }
}
