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
        let entries = transaction.state.entries.values.filter(query.admits)
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

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Okapi BM25 with k1 = 1.2 and b = 0.75, each term being a phrase.
    private func score(_ entries: [IndexEntry], terms: [[String]]) -> [(IndexEntry, Double)] {
        let all = transaction.state.entries.values.map(Self.indexedWords)
        let average = Double(all.reduce(0) { $0 + $1.count }) / Double(max(1, all.count))
        let rarities = terms.map { Self.rarity(of: $0, among: all) }
        return entries.map { entry in
            let words = Self.indexedWords(entry)
            let total = zip(terms, rarities).reduce(0.0) { sum, term in
                let frequency = Double(Self.occurrences(of: term.0, in: words))
                let length = 1.2 * (0.25 + 0.75 * Double(words.count) / max(1, average))
                return sum + term.1 * frequency * 2.2 / (frequency + length)
            }
            return (entry, total)
        }
    }

    func ceiling(for text: String) throws -> Double {
        let all = transaction.state.entries.values.map(Self.indexedWords)
        let terms = SearchText.terms(of: text).map(Self.words)
        return 2.2 * terms.reduce(0) { $0 + Self.rarity(of: $1, among: all) }
    }

    private static func indexedWords(_ entry: IndexEntry) -> [String] {
        words(entry.text) + words(SearchText.bigrams(of: entry.text))
    }

    /// The inverse frequency of a term among the words of all entries.
    private static func rarity(of term: [String], among entries: [[String]]) -> Double {
        let holders = Double(entries.count { occurrences(of: term, in: $0) > 0 })
        return max(1e-6, log((Double(entries.count) - holders + 0.5) / (holders + 0.5)))
    }

    private static func occurrences(of term: [String], in words: [String]) -> Int {
        guard !term.isEmpty, term.count <= words.count else { return 0 }
        return (0...(words.count - term.count)).count { words[$0..<($0 + term.count)].elementsEqual(term) }
    }
}
