import HiveAPI
import HiveCore

/// What a search found, in the order in which it is shown.
extension Node {
    /// A question with what its hits are judged by.
    struct Question {
        let search: SearchQuery
        /// Its direction among the vectors that serve at present.
        let meaning: MeaningQuestion
        /// When the first page was asked for: what is fresh is judged by it on every page.
        let asked: Timestamp
        /// The least effective confidence that a hit may have; nil where any will do.
        var believed: Double?
    }

    /// The hits of one page and one more, if there is one; best first.
    func hits(_ question: Question, _ view: MemoryView) throws -> [Ranking.Hit] {
        let search = question.search
        let beliefs = BeliefReader(
            transaction: view.transaction, scopes: view.lookup.scopes, policy: view.beliefs?.policy ?? settings.belief,
            now: question.asked)
        guard let text = search.text else { return try listing(question, beliefs, in: view.transaction) }
        let ceiling = try view.transaction.index.ceiling(for: text)
        return try ResultPages.hits(from: search.offset, limit: search.limit) { pool, count in
            let (found, isWhole) = try self.pool(question, of: pool, ceiling: ceiling, in: view.transaction)
            let hits = try settings.ranking.best(count, of: found) { hit in
                try self.qualities(of: hit, question, view.transaction, beliefs)
            }
            return ResultPages.Stretch(hits: hits, isWhole: isWhole)
        }
    }

    /// The newest come first; nothing but the filters counts.
    private func listing(
        _ question: Question, _ beliefs: BeliefReader, in transaction: any StoreTransaction
    ) throws -> [Ranking.Hit] {
        let search = question.search
        guard let least = question.believed else {
            return try ScoreFusion.hits(words: transaction.index.search(search), ceiling: 0).map { .unranked($0) }
        }
        return try ResultPages.hits(from: search.offset, limit: search.limit) { pool, count in
            var wider = search
            (wider.offset, wider.limit) = (0, pool)
            let found = try transaction.index.search(wider)
            let believed = try found.filter { hit in
                guard let engram = try transaction.documents.state(hit.address).flatMap({ Engram($0) { _ in nil } })
                else { return false }
                return try beliefs.confidence(in: engram).value >= least
            }
            let hits = ScoreFusion.hits(words: believed, ceiling: 0).prefix(count).map { Ranking.Hit.unranked($0) }
            return ResultPages.Stretch(hits: hits, isWhole: found.count < pool)
        }
    }

    /// What is nearest to a question by words and by meaning alone: one page and one more, best first.
    func nearest(
        _ search: SearchQuery, _ meaning: MeaningQuestion, in transaction: any StoreTransaction
    ) throws -> [ScoreFusion.Hit] {
        let ceiling = try search.text.map { try transaction.index.ceiling(for: $0) } ?? 0
        let question = Question(search: search, meaning: meaning, asked: search.now ?? kernel.surroundings.now())
        let size = max(Self.nearestPool, search.offset + search.limit)
        let (found, _) = try pool(question, of: size, ceiling: ceiling, in: transaction)
        return Array(found.dropFirst(search.offset).prefix(search.limit))
    }

    /// The least number of hits of each kind that are brought together before a page is cut from them.
    private static let nearestPool = 100

    /// So many of the best hits by words and so many by meaning, by their scores, and whether there are no more.
    private func pool(
        _ question: Question, of size: Int, ceiling: Double, in transaction: any StoreTransaction
    ) throws -> (hits: [ScoreFusion.Hit], isWhole: Bool) {
        var search = question.search
        search.limit = size
        search.offset = 0
        let words = try transaction.index.search(search)
        guard let meaning = question.meaning.index, let vector = question.meaning.vector else {
            return (ScoreFusion.hits(words: words, ceiling: ceiling), words.count < size)
        }
        let cosines = meaning.cosines(of: words.map(\.address), to: vector)
        let near = meaning.search(vector, search, limit: size)
        let hits = ScoreFusion.hits(
            words: words, ceiling: ceiling, meaning: near, weight: settings.meaningWeight ?? meaning.weight,
            cosine: { cosines[$0] })
        return (hits, words.count < size && near.count < size)
    }

    /// What is known of a hit. Nil for one that was found by its meaning only and does not pass the filters any more: the
    /// vectors may lag behind the store.
    private func qualities(
        of hit: ScoreFusion.Hit, _ question: Question, _ transaction: any StoreTransaction, _ beliefs: BeliefReader
    ) throws -> Ranking.Qualities? {
        guard let state = try transaction.documents.state(hit.address) else { return nil }
        if hit.words == nil {
            guard let entry = try transaction.indexEntry(of: state), question.search.admits(entry) else { return nil }
        }
        guard !settings.ranking.isOff || question.believed != nil, let engram = Engram(state, blob: { _ in nil })
        else { return .init() }
        let confidence = try beliefs.confidence(in: engram)
        if let least = question.believed, confidence.value < least { return nil }
        guard !settings.ranking.isOff else { return .init() }
        let age = (question.asked.milliseconds - engram.updated.milliseconds) / 1000
        return Ranking.Qualities(
            recency: Ranking.recencyHalfLife.share(after: age), confidence: confidence.untrusting,
            trust: confidence.trust)
    }

    /// What the score of a hit is made of.
    func why(_ hit: Ranking.Hit, _ query: MemoryQuery, _ question: MeaningQuestion) -> JSONValue {
        let fused = hit.fused
        var parts: [String: JSONValue] = [
            "words": fused.words.map(JSONValue.number) ?? .null,
            "meaning": fused.meaning.map(JSONValue.number) ?? .null, "fused": .number(fused.score),
            "terms": .array(SearchText.terms(of: query.q ?? "").map(JSONValue.string)),
            "factor": .number(hit.factor),
        ]
        if let qualities = hit.qualities {
            parts["recency"] = .number(qualities.recency)
            parts["confidence"] = .number(qualities.confidence)
            parts["trust"] = .number(qualities.trust)
        }
        if let index = question.index {
            parts["unseen"] = .integer(Int64(index.unseen))
            parts["model"] = .string(index.embedder.model)
        }
        if let degraded = question.degraded { parts["degraded"] = .string(degraded) }
        return .object(parts)
    }
}
