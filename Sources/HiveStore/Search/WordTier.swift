/// A term of a question, with how many entries have it and what that makes it worth.
struct WeighedTerm: Equatable {
    /// The term in quotes, as FTS5 reads it.
    let phrase: String
    let holders: Int
    /// The inverse frequency that BM25 counts it with.
    let weight: Double
}

/// The entries that have one of some terms and none of the rarer ones: what one step of a search looks at.
///
/// Most entries have one of a question's common words, and hardly any of them is an answer. So the rarest terms are asked
/// for first, as many as few entries have; what they find is scored by all terms. The commoner ones are asked for where
/// that does not fill the page.
struct WordTier: Equatable {
    /// What FTS5 is asked.
    let match: String
    /// What each phrase in `match` is worth, in the order in which they stand there. Those that stand there a second time,
    /// or only to be left out, are worth nothing.
    let weights: [Double]

    /// The entries that one step looks at, about: this many, or a twentieth of all.
    static let leastReach = 4000
    static func reach(among entries: Int) -> Int { max(leastReach, entries / 20) }

    /// The steps of a search, in order. Each entry that has one of the terms is in exactly one.
    static func tiers(of terms: [WeighedTerm], among entries: Int) -> [WordTier] {
        let ordered = terms.enumerated().sorted { ($0.element.holders, $0.offset) < ($1.element.holders, $1.offset) }
            .map(\.element)
        var tiers: [WordTier] = []
        var start = 0
        while start < ordered.count {
            var (end, reached) = (start + 1, ordered[start].holders)
            while end < ordered.count, reached + ordered[end].holders <= reach(among: entries) {
                reached += ordered[end].holders
                end += 1
            }
            tiers.append(WordTier(asking: ordered[start..<end], before: ordered[end...], after: ordered[..<start]))
            start = end
        }
        return tiers
    }

    private init(
        asking terms: ArraySlice<WeighedTerm>, before commoner: ArraySlice<WeighedTerm>,
        after rarer: ArraySlice<WeighedTerm>
    ) {
        func any(_ terms: ArraySlice<WeighedTerm>) -> String {
            "(" + terms.map(\.phrase).joined(separator: " OR ") + ")"
        }
        func nothing(_ terms: ArraySlice<WeighedTerm>) -> [Double] { terms.map { _ in 0 } }
        var (match, weights) = (any(terms), terms.map(\.weight))
        if !commoner.isEmpty {
            // The common words add to the score of what is found, and find nothing by themselves.
            match = "(\(match) OR (\(match) AND \(any(commoner))))"
            weights += nothing(terms) + commoner.map(\.weight)
        }
        if !rarer.isEmpty {
            match += " NOT " + any(rarer)
            weights += nothing(rarer)
        }
        (self.match, self.weights) = (match, weights)
    }
}
