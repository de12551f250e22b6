public import HiveAPI
import HiveCore
import Logging

/// Search by words and by meaning, and listing.
extension Node {
    /// The least number of hits of each kind that are brought together before a page is cut from them.
    private static let fusedHits = 100

    public func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try await naming {
            let started = kernel.surroundings.uptime()
            defer { counters.add(Double(kernel.surroundings.uptime() - started) / 1000, to: "search_seconds") }
            counters.add(to: "searches")
            try query.checkLimits()
            let question = await self.vector(of: query)
            return try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction)
                let search = try self.indexQuery(query, lookup: lookup)
                let view = MemoryView(transaction: transaction, lookup: lookup)
                let hits = try self.hits(search, question: question, in: transaction)
                let items = try hits.prefix(query.limit).compactMap { hit -> MemoryHit? in
                    guard let memory = try Self.memory(hit, search, view) else { return nil }
                    return MemoryHit(memory: memory, score: hit.score, why: query.explain ? self.why(hit, query) : nil)
                }
                let next = hits.count > query.limit ? String(search.offset + query.limit) : nil
                return Page(items: items, next: next)
            }
        }
    }

    /// The direction of a question; nil where it is asked for words only, or none can be had.
    func vector(of query: MemoryQuery) async -> [Float]? {
        guard let meaning, query.semantic, let text = query.q, !SearchText.terms(of: text).isEmpty else { return nil }
        do { return try await meaning.vectors(of: [text])[0] } catch {
            logger.error("a question cannot be embedded, it is answered by its words: \(error)")
            return nil
        }
    }

    /// The hits of one page and one more, if there is one; best first.
    func hits(
        _ search: SearchQuery, question: [Float]?, in transaction: any StoreTransaction
    ) throws -> [ScoreFusion.Hit] {
        let ceiling = try search.text.map { try transaction.index.ceiling(for: $0) } ?? 0
        guard let meaning, let question else {
            return ScoreFusion.hits(words: try transaction.index.search(search), ceiling: ceiling)
        }
        var first = search
        first.limit = max(Self.fusedHits, search.offset + search.limit)
        first.offset = 0
        let words = try transaction.index.search(first)
        let cosines = meaning.cosines(of: words.map(\.address), to: question)
        let fused = ScoreFusion.hits(
            words: words, ceiling: ceiling, meaning: meaning.search(question, search, limit: first.limit),
            cosine: { cosines[$0] })
        return Array(fused.dropFirst(search.offset).prefix(search.limit))
    }

    /// The memory of a hit. What was found by its meaning only is held against the store: the vectors may lag behind it.
    private static func memory(_ hit: ScoreFusion.Hit, _ search: SearchQuery, _ view: MemoryView) throws -> Memory? {
        guard let state = try view.transaction.documents.state(hit.address) else { return nil }
        if hit.words == nil {
            guard let entry = try view.transaction.indexEntry(of: state), search.admits(entry) else { return nil }
        }
        return try view.memory(state)
    }

    /// What the score of a hit is made of.
    private func why(_ hit: ScoreFusion.Hit, _ query: MemoryQuery) -> JSONValue {
        var parts: [String: JSONValue] = [
            "words": hit.words.map(JSONValue.number) ?? .null, "meaning": hit.meaning.map(JSONValue.number) ?? .null,
            "fused": .number(hit.score), "terms": .array(SearchText.terms(of: query.q ?? "").map(JSONValue.string)),
        ]
        if let meaning, query.semantic { parts["unseen"] = .integer(Int64(meaning.unseen)) }
        return .object(parts)
    }

    private func indexQuery(_ query: MemoryQuery, lookup: ScopeLookup) throws -> SearchQuery {
        var search = SearchQuery(text: query.q, limit: query.limit + 1)
        if let cursor = query.cursor {
            guard let offset = Int(cursor), (0...Self.lastOffset).contains(offset) else {
                throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
            }
            search.offset = offset
        }
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
        search.minimumConfidence = query.confidence
        search.agent = query.agent
        search.since = try query.since.map(Self.time)
        search.until = try query.until.map(Self.time)
        search.now = kernel.surroundings.now()
        return search
    }

    /// No cursor that was given out lies further on.
    private static let lastOffset = 1 << 40

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
            throw HiveError(.invalidInput, "`\(text)` is no time", hint: "write RFC 3339, as in 2026-11-21T08:00:00Z")
        }
        return time
    }
}
