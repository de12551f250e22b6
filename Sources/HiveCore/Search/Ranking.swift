/// Orders what a search found by more than its score: what is fresh, sure and said by those who are trusted goes before
/// what is otherwise as good.
///
/// Each quality takes away at most its weight of a score, so a hit is never overtaken by one whose own score is less than
/// `floor` of its score, whatever the qualities: an old rumour that holds the words asked for stays before fresh noise.
public struct Ranking: Sendable, Hashable {
    /// No quality may weigh more: three of them leave more than half of a score.
    public static let weights = 0.0...0.2

    /// How much of a score goes where a memory is as old as can be.
    public var recency: Double
    /// How much of it goes where a memory is not believed at all.
    public var confidence: Double
    /// How much of it goes where nobody trusts whom it comes from.
    public var trust: Double

    public init(recency: Double = 0.05, confidence: Double = 0.1, trust: Double = 0.1) {
        self.recency = Self.bounded(recency)
        self.confidence = Self.bounded(confidence)
        self.trust = Self.bounded(trust)
    }

    /// Leaves every score as it is.
    public static let off = Ranking(recency: 0, confidence: 0, trust: 0)

    public var isOff: Bool { self == .off }

    /// What the lowest qualities leave of a score.
    public var floor: Double { (1 - recency) * (1 - confidence) * (1 - trust) }

    private static func bounded(_ weight: Double) -> Double {
        min(weights.upperBound, max(weights.lowerBound, weight.isNaN ? 0 : weight))
    }

    /// What is known of a memory beside its words, each from 0 to 1.
    public struct Qualities: Sendable, Hashable {
        public var recency: Double
        public var confidence: Double
        public var trust: Double

        public init(recency: Double = 1, confidence: Double = 1, trust: Double = 1) {
            self.recency = recency
            self.confidence = confidence
            self.trust = trust
        }
    }

    /// After this time, half of what recency gives is gone.
    public static let recencyHalfLife = HalfLife.days(30)

    /// What is left of a score: from `floor` to 1.
    public func factor(_ qualities: Qualities) -> Double {
        [(recency, qualities.recency), (confidence, qualities.confidence), (trust, qualities.trust)]
            .reduce(1) { $0 * (1 - $1.0 * (1 - min(1, max(0, $1.1)))) }
    }

    /// A hit with what its score was made of.
    public struct Hit: Sendable, Hashable {
        public let fused: ScoreFusion.Hit
        /// Nil where nothing but the score counted.
        public let qualities: Qualities?
        public let factor: Double
        public var score: Double { fused.score * factor }

        /// A hit as it was found.
        public static func unranked(_ fused: ScoreFusion.Hit) -> Hit { Hit(fused: fused, qualities: nil, factor: 1) }
    }

    /// The best hits, best first; ties in the order that they came in. Asks for the qualities of those hits only that may
    /// be among them.
    ///
    /// - Parameters:
    ///   - hits: in order of their scores, the highest first.
    ///   - qualities: nil for a hit that is to be left out.
    public func best(
        _ count: Int, of hits: [ScoreFusion.Hit], qualities: (ScoreFusion.Hit) throws -> Qualities?
    ) rethrows -> [Hit] {
        var ranked: [Hit] = []
        for hit in hits {
            if ranked.count >= count, count <= 0 || ranked[count - 1].score >= hit.score { break }
            guard let known = try qualities(hit) else { continue }
            let next = Hit(fused: hit, qualities: isOff ? nil : known, factor: factor(known))
            ranked.insert(next, at: ranked.partitionIndex { $0.score < next.score })
        }
        return Array(ranked.prefix(max(0, count)))
    }
}

extension Array {
    /// The first place whose element, like all behind it, is one of the later ones.
    fileprivate func partitionIndex(where isLater: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isLater(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
