public import HiveAPI
import HiveCore
import Logging

/// Search by words and by meaning, and listing.
extension Node {
    public func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try await naming {
            let started = kernel.surroundings.uptime()
            defer { counters.add(Double(kernel.surroundings.uptime() - started) / 1000, to: "search_seconds") }
            counters.add(to: "searches")
            try query.checkLimits()
            let meaning = await self.meaning(of: query)
            let cursor = try SearchCursor(query.cursor)
            let asked = cursor.asked ?? kernel.surroundings.now()
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                var search = try self.indexQuery(query, lookup: view.lookup)
                search.offset = cursor.offset
                let hits = try self.hits(
                    Question(search: search, meaning: meaning, asked: asked, believed: query.believed), view)
                let items = try hits.prefix(query.limit).compactMap { hit -> MemoryHit? in
                    let state = try transaction.documents.state(hit.fused.address)
                    guard let memory = try state.flatMap(view.memory) else { return nil }
                    let why = query.explain ? self.why(hit, query, meaning) : nil
                    return MemoryHit(memory: memory, score: hit.score, why: why)
                }
                let next = SearchCursor(offset: cursor.offset + query.limit, asked: query.q == nil ? nil : asked)
                return Page(
                    items: items, next: hits.count > query.limit ? next.text : nil, degraded: meaning.degraded)
            }
        }
    }

    /// What a question means; nothing where it is asked for words only.
    func meaning(of query: MemoryQuery) async -> MeaningQuestion {
        guard let succession, query.semantic, let text = query.q, !SearchText.terms(of: text).isEmpty else {
            return .wordsOnly
        }
        let question = await succession.question(text, logger: logger)
        if question.degraded != nil { counters.add(to: "searches_degraded") }
        return question
    }

    func indexQuery(_ query: MemoryQuery, lookup: ScopeLookup) throws -> SearchQuery {
        var search = SearchQuery(text: query.q, limit: query.limit + 1)
        search.scopes = try query.scope.map { [try lookup.require($0).scope] } ?? lookup.scopes
        if let kind = query.kind {
            guard let engram = EngramKind(rawValue: kind) else {
                throw HiveError(
                    .invalidInput, "`\(kind)` is no kind of memory",
                    hint: "use instant, episodic, semantic or procedural")
            }
            search.kinds = [engram.document]
        }
        search.category = query.category
        search.facets = try query.facets()
        if query.status == nil { search.excluded.append(Engram.retractedFacet) }
        search.minimumConfidence = query.confidence
        search.agent = query.agent
        search.since = try query.since.map(Self.time)
        search.until = try query.until.map(Self.time)
        if !query.archived { search.excluded.append(.archived) }
        search.now = kernel.surroundings.now()
        return search
    }

    static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
            throw HiveError(.invalidInput, "`\(text)` is no time", hint: "write RFC 3339, as in 2026-11-21T08:00:00Z")
        }
        return time
    }
}
