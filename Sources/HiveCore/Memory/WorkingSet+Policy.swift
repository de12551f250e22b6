extension WorkingSet {
    /// By which numbers a set works.
    public struct Policy: Sendable, Hashable {
        /// How many tokens a set may take that has no budget of its own.
        public var budget: Int
        /// In which time attention falls to a half.
        public var halfLife: HalfLife
        /// An entry whose attention lies below it leaves the set.
        public var threshold: Double
        /// The weight of a look that names none.
        public var weight: Double
        /// Entries are shortened to so many tokens before any of them leaves for want of room.
        public var shortest: Int
        /// More entries than that are never kept.
        public var maximumEntries: Int
        /// How many seconds an instant memory without an end of its own can still be found after it left the set.
        public var retention: Int64

        public init(
            budget: Int = 4000, halfLife: HalfLife = .hour, threshold: Double = 0.05, weight: Double = 0.5,
            shortest: Int = 48, maximumEntries: Int = 500, retention: Int64 = 24 * 3600
        ) {
            self.budget = budget
            self.halfLife = halfLife
            self.threshold = threshold
            self.weight = weight
            self.shortest = shortest
            self.maximumEntries = maximumEntries
            self.retention = retention
        }
    }
}
