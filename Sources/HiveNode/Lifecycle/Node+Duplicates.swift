public import HiveAPI
import HiveCore
import Logging

/// Near duplicates: proposed, and merged by hand.
extension Node {
    /// A shingle that more memories have tells nothing about which are alike.
    private static let commonShingle = 40
    /// How many neighbours of each memory are looked at.
    private static let neighbours = 8

    public func duplicates(_ query: DuplicateQuery, as caller: Caller) async throws -> Page<DuplicateProposal> {
        try await naming {
            try query.checkLimits()
            let engrams = try comparable(query)
            let vectors = try await directions(of: engrams)
            let shingles = engrams.map { WordShingles($0.content ?? "") }
            var proposals: [DuplicateProposal] = []
            let lookup = try kernel.consult { try ScopeLookup(&$0, $1) }
            for pair in Self.candidates(engrams, shingles, vectors) {
                let (first, second) = (engrams[pair.first], engrams[pair.second])
                let words = shingles[pair.first].overlap(with: shingles[pair.second])
                let meaning = vectors[pair.first].flatMap { first in
                    vectors[pair.second].map { Self.dot(first, $0) }
                }
                let isExact =
                    ContentFingerprint.normalised(first.content ?? "")
                    == ContentFingerprint.normalised(second.content ?? "")
                let similarity = isExact ? 1 : meaning.map { (max(0, $0) + words) / 2 } ?? words
                guard similarity >= query.threshold else { continue }
                proposals.append(
                    DuplicateProposal(
                        keep: Self.party(first, lookup), other: Self.party(second, lookup),
                        similarity: Self.rounded(similarity), words: Self.rounded(words),
                        meaning: meaning.map(Self.rounded), exact: isExact))
            }
            let ordered = proposals.sorted {
                ($1.similarity, $0.keep.id, $0.other.id) < ($0.similarity, $1.keep.id, $1.other.id)
            }
            return Page(items: Array(ordered.prefix(query.limit)))
        }
    }

    /// The memories that are compared, oldest first.
    private func comparable(_ query: DuplicateQuery) throws -> [Engram] {
        try kernel.consult { replica, transaction in
            let lookup = try ScopeLookup(&replica, transaction)
            let view = MemoryView(transaction: transaction, lookup: lookup)
            var search = SearchQuery(limit: query.newest)
            search.scopes = try query.scope.map { [try lookup.require($0).scope] } ?? lookup.scopes
            search.kinds = try query.kind.map { [try Self.kind($0).document] }
            search.category = query.category
            search.excluded = [.archived]
            search.now = kernel.surroundings.now()
            return try transaction.index.search(search).compactMap { hit in
                try transaction.documents.state(hit.address).flatMap { try view.engram($0) }
            }.filter { $0.content != nil }.sorted { $0.isOlder(than: $1) }
        }
    }

    static func kind(_ text: String) throws(HiveError) -> EngramKind {
        guard let kind = EngramKind(rawValue: text) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no kind of memory", hint: "use instant, episodic, semantic or procedural")
        }
        return kind
    }

    private func directions(of engrams: [Engram]) async throws -> [[Float]?] {
        guard let meaning else { return engrams.map { _ in nil } }
        do {
            var vectors: [[Float]?] = []
            for start in stride(from: 0, to: engrams.count, by: 64) {
                let part = engrams[start..<min(start + 64, engrams.count)]
                vectors += try await meaning.vectors(of: part.map { $0.content ?? "" })
            }
            return vectors
        } catch is CancellationError { throw CancellationError() } catch {
            logger.warning("duplicates are looked for by words only, since texts cannot be embedded: \(error)")
            return engrams.map { _ in nil }
        }
    }

    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    /// Pairs worth comparing: of one scope and kind, that share a word or two that few have, or mean nearly the same.
    private static func candidates(
        _ engrams: [Engram], _ shingles: [WordShingles], _ vectors: [[Float]?]
    ) -> [Pair] {
        var holders: [String: [Int]] = [:]
        for (place, list) in shingles.enumerated() {
            for word in list.shingles { holders[word, default: []].append(place) }
        }
        var pairs: Set<Pair> = []
        for places in holders.values where (2...commonShingle).contains(places.count) {
            for (offset, first) in places.enumerated() {
                for second in places[(offset + 1)...] { pairs.insert(Pair(first: first, second: second)) }
            }
        }
        pairs.formUnion(nearest(engrams, vectors))
        pairs.formUnion(exact(engrams))
        return pairs.filter { pair in
            let (first, second) = (engrams[pair.first], engrams[pair.second])
            return first.kind == second.kind && first.state.address.scope == second.state.address.scope
        }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    private static func nearest(_ engrams: [Engram], _ vectors: [[Float]?]) -> [Pair] {
        guard let dimensions = vectors.compactMap(\.self).first?.count else { return [] }
        var index = VectorIndex(dimensions: dimensions)
        var places: [DocumentAddress: Int] = [:]
        for (place, vector) in vectors.enumerated() {
            guard let vector else { continue }
            index.put(vector, for: engrams[place].state.address)
            places[engrams[place].state.address] = place
        }
        return vectors.enumerated().flatMap { place, vector -> [Pair] in
            guard let vector else { return [] }
            return index.search(vector, limit: neighbours + 1).compactMap { found in
                guard let other = places[found.address], other != place else { return nil }
                return Pair(first: min(place, other), second: max(place, other))
            }
        }
    }

    /// Memories with one text, however common its words are; each with the oldest of them.
    private static func exact(_ engrams: [Engram]) -> [Pair] {
        let groups = Dictionary(grouping: engrams.indices) { place in
            ContentFingerprint.normalised(engrams[place].content ?? "")
        }
        return groups.values.flatMap { places in places.dropFirst().map { Pair(first: places[0], second: $0) } }
    }

    private static func dot(_ first: [Float], _ second: [Float]) -> Double {
        min(1, Double(zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }))
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

    private static func party(_ engram: Engram, _ lookup: ScopeLookup) -> DuplicateProposal.Party {
        DuplicateProposal.Party(
            id: engram.state.address.document.description, scope: lookup.name(of: engram.state.address.scope),
            kind: engram.kind.rawValue, excerpt: String((engram.content ?? "").prefix(200)),
            createdAt: engram.created.rfc3339)
    }
}
