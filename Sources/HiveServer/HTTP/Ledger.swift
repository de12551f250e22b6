import Synchronization

/// How much is going on at once, in all and for each address.
final class Ledger: Sendable {
    private let limit: Int
    private let limitForEach: Int
    private let counts = Mutex<(total: Int, each: [String: Int])>((0, [:]))

    init(limit: Int, limitForEach: Int) {
        self.limit = limit
        self.limitForEach = limitForEach
    }

    /// Counts one more. False where that is too much; then nothing is counted.
    func enter(_ group: String) -> Bool {
        counts.withLock { counts in
            let own = counts.each[group] ?? 0
            guard counts.total < limit, own < limitForEach else { return false }
            counts.total += 1
            counts.each[group] = own + 1
            return true
        }
    }

    func leave(_ group: String) {
        counts.withLock { counts in
            counts.total -= 1
            let own = (counts.each[group] ?? 1) - 1
            counts.each[group] = own > 0 ? own : nil
        }
    }

    var total: Int { counts.withLock { $0.total } }
}
