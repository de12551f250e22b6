/// What an agent has in mind: memories with an attention that fades unless it is renewed, within a budget of tokens.
///
/// A value without a clock: whoever uses it says what time it is. The same calls at the same times make the same set.
public struct WorkingSet: Sendable, Hashable {
    /// One memory that is attended to.
    public struct Entry: Sendable, Hashable {
        public let address: DocumentAddress
        /// How much of what is missing to full attention one look at it gives, above 0 and up to 1.
        public internal(set) var weight: Double
        /// The attention at the time of the last look, above 0 and up to 1.
        public internal(set) var level: Double
        /// The last look.
        public internal(set) var attended: Timestamp
        /// Of how many tokens at most it is shown, where it was shortened; nil shows all of it.
        public internal(set) var limit: Int?

        public init(
            _ address: DocumentAddress, weight: Double, level: Double, attended: Timestamp, limit: Int? = nil
        ) {
            self.address = address
            self.weight = weight
            self.level = level
            self.attended = attended
            self.limit = limit
        }
    }

    /// In the order of their addresses, each once.
    public private(set) var entries: [Entry]
    /// How many tokens the set may take; nil for what the policy says.
    public var budget: Int?

    public init(_ entries: [Entry] = [], budget: Int? = nil) {
        var known: [DocumentAddress: Entry] = [:]
        for entry in entries { known[entry.address] = entry }
        self.entries = known.values.sorted { $0.address < $1.address }
        self.budget = budget
    }

    public subscript(address: DocumentAddress) -> Entry? {
        let place = lowerBound(of: address)
        return place < entries.count && entries[place].address == address ? entries[place] : nil
    }

    /// The attention that is left of an entry at a time.
    public static func attention(of entry: Entry, at now: Timestamp, _ policy: Policy) -> Double {
        let elapsed = now.milliseconds.subtractingReportingOverflow(entry.attended.milliseconds)
        return entry.level * policy.halfLife.remainder(after: elapsed.overflow ? 0 : elapsed.partialValue)
    }

    /// The entries, the most attended first; ties by address.
    public func ranked(at now: Timestamp, _ policy: Policy) -> [(entry: Entry, attention: Double)] {
        entries.map { (entry: $0, attention: Self.attention(of: $0, at: now, policy)) }
            .sorted { ($1.attention, $0.entry.address) < ($0.attention, $1.entry.address) }
    }

    // MARK: Changing

    /// Looks at a memory: takes it in, or raises the attention that is left by its weight's share of what is missing to
    /// 1. A weight that is not given stays as it was, or is the policy's.
    public mutating func attend(_ address: DocumentAddress, weight: Double? = nil, at now: Timestamp, _ policy: Policy)
    {
        let old = self[address]
        let weight = min(1, max(weight ?? old?.weight ?? policy.weight, .leastNormalMagnitude))
        let left = old.map { Self.attention(of: $0, at: now, policy) } ?? 0
        // A look at an earlier time than the last one, as after a clock was set back, takes nothing away.
        let attended = max(now, old?.attended ?? now)
        put(Entry(address, weight: weight, level: min(1, left + weight * (1 - left)), attended: attended))
    }

    /// Renews every entry: none is attended less than a first look gave it, from now on.
    public mutating func refresh(at now: Timestamp, _ policy: Policy) {
        for index in entries.indices {
            let left = Self.attention(of: entries[index], at: now, policy)
            entries[index].level = max(left, entries[index].weight)
            entries[index].attended = max(now, entries[index].attended)
        }
    }

    /// Takes an entry in as it is, or replaces the one with its address.
    public mutating func put(_ entry: Entry) {
        let place = lowerBound(of: entry.address)
        if place < entries.count, entries[place].address == entry.address {
            entries[place] = entry
        } else {
            entries.insert(entry, at: place)
        }
    }

    /// False where there is no such entry.
    @discardableResult
    public mutating func evict(_ address: DocumentAddress) -> Bool {
        let place = lowerBound(of: address)
        guard place < entries.count, entries[place].address == address else { return false }
        entries.remove(at: place)
        return true
    }

    mutating func showAll() { for index in entries.indices { entries[index].limit = nil } }

    mutating func limit(_ address: DocumentAddress, to tokens: Int) {
        let place = lowerBound(of: address)
        guard place < entries.count, entries[place].address == address else { return }
        entries[place].limit = tokens
    }

    private func lowerBound(of address: DocumentAddress) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].address < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
