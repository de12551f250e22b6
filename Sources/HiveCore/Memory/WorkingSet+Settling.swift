extension WorkingSet {
    /// Why an entry left a set.
    public enum Departure: String, Sendable, Hashable, CaseIterable {
        /// Nobody looked at it for so long that its attention fell below the threshold.
        case faded
        /// There was no room for it, and everything else was attended more.
        case crowded
        /// The memory is not there any more, or not to be read.
        case gone
    }

    /// Makes the set what it has to be at a time: without what faded or is gone, and within its budget.
    ///
    /// The outcome follows from the entries, the time, the sizes and the budget; what was shortened before plays no
    /// part. For want of room, entries are shortened one after the other, the least attended first; only where all of
    /// them are short do they leave, again the least attended first. Of equals the later address goes first.
    ///
    /// - Parameter sizes: how many tokens each memory takes in full; those that are missing are gone.
    /// - Returns: what left, in the order in which it left.
    public mutating func settle(
        at now: Timestamp, sizes: [DocumentAddress: Int], _ policy: Policy
    ) -> [(address: DocumentAddress, why: Departure)] {
        var departures: [(address: DocumentAddress, why: Departure)] = []
        func leave(_ address: DocumentAddress, _ why: Departure) {
            evict(address)
            departures.append((address, why))
        }
        showAll()
        for (entry, attention) in ranked(at: now, policy).reversed() {
            if sizes[entry.address] == nil {
                leave(entry.address, .gone)
            } else if attention < policy.threshold {
                leave(entry.address, .faded)
            }
        }
        let weakest = ranked(at: now, policy).reversed().map(\.entry.address)
        for address in weakest.prefix(max(0, entries.count - policy.maximumEntries)) { leave(address, .crowded) }
        let budget = self.budget ?? policy.budget
        var total = tokens(sizes)
        for address in weakest where total > budget {
            guard let entry = self[address], let size = sizes[address] else { continue }
            let shown = min(size, entry.limit ?? size)
            guard shown > policy.shortest else { continue }
            limit(address, to: policy.shortest)
            total -= shown - policy.shortest
        }
        for address in weakest where total > budget {
            guard let entry = self[address], let size = sizes[address] else { continue }
            total -= min(size, entry.limit ?? size)
            leave(address, .crowded)
        }
        return departures
    }

    /// How many tokens the set takes, each entry as short as it is shown.
    public func tokens(_ sizes: [DocumentAddress: Int]) -> Int {
        entries.reduce(0) { sum, entry in
            let size = sizes[entry.address] ?? 0
            return sum + min(size, entry.limit ?? size)
        }
    }
}
