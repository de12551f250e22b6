/// Cuts one order of hits into pages, however deep one reads.
///
/// A search looks at the best of each list only, and more of them change which are best. So the order is made of stretches:
/// the first from a small pool, the next from a larger one without what stood before, and so on. A page is the same
/// whichever pages were read before it, and none repeats another.
public enum ResultPages {
    /// How many hits the first stretch has at most; it and those before it have 400, then 1,600, …
    static let first = 100
    static let growth = 4

    /// The best hits of a pool, in order.
    public struct Stretch: Sendable {
        public let hits: [Ranking.Hit]
        /// Whether a larger pool would hold nothing else.
        public let isWhole: Bool

        public init(hits: [Ranking.Hit], isWhole: Bool) {
            self.hits = hits
            self.isWhole = isWhole
        }
    }

    /// The hits from `offset` on, at most `limit`.
    ///
    /// - Parameter stretch: the order of a pool: of the best hits by each measure so many, and of these the best so many.
    public static func hits(
        from offset: Int, limit: Int, stretch: (_ pool: Int, _ count: Int) throws -> Stretch
    ) rethrows -> [Ranking.Hit] {
        let (end, isTooFar) = offset.addingReportingOverflow(limit)
        guard limit > 0, offset >= 0, !isTooFar else { return [] }
        var order: [Ranking.Hit] = []
        var seen: Set<DocumentAddress> = []
        var (pool, taken) = (first, 0)
        while true {
            // What stood before may stand among these again. Of a first stretch no more than is asked for need be known.
            let wanted = taken == 0 ? min(pool, end) : pool + taken
            let next = try stretch(pool, wanted)
            let fresh = next.hits.filter { !seen.contains($0.fused.address) }.prefix(pool - taken)
            order += fresh
            guard !next.isWhole, order.count < end else { return Array(order.dropFirst(offset).prefix(limit)) }
            seen.formUnion(fresh.map(\.fused.address))
            (pool, taken) = (pool * growth, pool)
        }
    }
}
