import Synchronization

/// How many entries have which words, remembered for common ones: to count those takes longer than the rest of a search.
final class WordFrequencies: Sendable {
    /// What fewer entries have is counted each time.
    static let leastHolders = 500
    /// So many words are remembered at most.
    static let maximumWords = 4096

    private struct Count {
        let holders: Int
        let entries: Int

        /// An inverse frequency hardly changes while the index stays as large as it was, within a hundredth.
        func holds(among entries: Int) -> Bool { abs(self.entries - entries) * 100 <= self.entries }
    }

    private let counts = Mutex<[String: Count]>([:])

    /// How many of so many entries have a word or phrase: as it was counted last, or counted now.
    func holders(of term: String, among entries: Int, count: () throws -> Int) rethrows -> Int {
        if let known = counts.withLock({ $0[term] }), known.holds(among: entries) { return min(known.holders, entries) }
        let holders = try count()
        counts.withLock { counts in
            guard holders >= Self.leastHolders else {
                counts[term] = nil
                return
            }
            if counts.count >= Self.maximumWords { counts.removeAll() }
            counts[term] = Count(holders: holders, entries: entries)
        }
        return holders
    }
}
