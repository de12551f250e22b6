import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The word index in memory: BM25 over whole words and ideograph pairs, without stemming.
struct InMemorySearchIndex: SearchIndex {
    let transaction: InMemoryTransaction

    func put(_ entry: IndexEntry) throws { try transaction.mutate { $0.entries[entry.address] = entry } }
    func remove(_ address: DocumentAddress) throws { try transaction.mutate { $0.entries[address] = nil } }
    func removeAll() throws { try transaction.mutate { $0.entries = [:] } }
    func count() throws -> Int { transaction.state.entries.count }

    func search(_ query: SearchQuery) throws -> [SearchHit] {
        let entries = transaction.state.entries.values.filter { Self.passes($0, query) }
        let scored: [(IndexEntry, Double)]
        if let text = query.text {
            let terms = SearchText.terms(of: text).map(Self.words)
            scored = score(entries, terms: terms).filter { $0.1 > 0 }
        } else {
            scored = entries.map { ($0, 0) }
        }
        let ordered = scored.sorted { left, right in
            if left.1 != right.1 { return left.1 > right.1 }
            if left.0.updated != right.0.updated { return left.0.updated > right.0.updated }
            return left.0.address < right.0.address
        }
        return ordered.dropFirst(max(0, query.offset)).prefix(max(0, query.limit)).map {
            SearchHit(address: $0.0.address, score: $0.1)
        }
    }

    private static func passes(_ entry: IndexEntry, _ query: SearchQuery) -> Bool {
        if let scopes = query.scopes, !scopes.contains(entry.address.scope) { return false }
        if let kinds = query.kinds, !kinds.contains(entry.kind) { return false }
        if let category = query.category, entry.category != category { return false }
        if let agent = query.agent, entry.agent != agent { return false }
        if let since = query.since, entry.updated < since { return false }
        if let until = query.until, entry.updated >= until { return false }
        if let now = query.now, let expires = entry.expires, expires <= now { return false }
        return query.tags.allSatisfy(entry.tags.contains)
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Okapi BM25 with k1 = 1.2 and b = 0.75, each term being a phrase.
    private func score(_ entries: [IndexEntry], terms: [[String]]) -> [(IndexEntry, Double)] {
        let all = transaction.state.entries.values.map {
            Self.words($0.text) + Self.words(SearchText.bigrams(of: $0.text))
        }
        let average = Double(all.reduce(0) { $0 + $1.count }) / Double(max(1, all.count))
        return entries.map { entry in
            let words = Self.words(entry.text) + Self.words(SearchText.bigrams(of: entry.text))
            let total = terms.reduce(0.0) { sum, term in
                let frequency = Double(Self.occurrences(of: term, in: words))
                let holders = Double(all.count { Self.occurrences(of: term, in: $0) > 0 })
                let inverse = max(1e-6, log((Double(all.count) - holders + 0.5) / (holders + 0.5)))
                let length = 1.2 * (0.25 + 0.75 * Double(words.count) / max(1, average))
                return sum + inverse * frequency * 2.2 / (frequency + length)
            }
            return (entry, total)
        }
    }

    private static func occurrences(of term: [String], in words: [String]) -> Int {
        guard !term.isEmpty, term.count <= words.count else { return 0 }
        return (0...(words.count - term.count)).count { words[$0..<($0 + term.count)].elementsEqual(term) }
    }
}
