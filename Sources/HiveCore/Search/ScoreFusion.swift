/// Brings the scores of words and of meaning together.
///
/// By scores and not by ranks: a rank does not say that one list is much surer than the other. The weight was chosen by
/// measurement, on questions that share words with their answers and on questions that share none.
public enum ScoreFusion {
    /// How much of a score is its meaning; the rest is its words. For the table that comes with Hive.
    public static let meaningWeight = 0.4
    /// The same for a full model, whose cosines are surer.
    public static let modelWeight = 0.5

    /// A hit with the parts of its score, each from 0 to 1.
    public struct Hit: Sendable, Hashable {
        public let address: DocumentAddress
        /// BM25 as a share of its ceiling; nil where no word was found.
        public var words: Double?
        /// The cosine to the question; nil where no vector was there to compare.
        public var meaning: Double?
        public var score: Double

        init(address: DocumentAddress, words: Double?, meaning: Double?, weight: Double = ScoreFusion.meaningWeight) {
            self.address = address
            self.words = words
            self.meaning = meaning
            score = weight * max(0, meaning ?? 0) + (1 - weight) * (words ?? 0)
        }
    }

    /// Hits by words alone, in the order that they have.
    public static func hits(words: [SearchHit], ceiling: Double) -> [Hit] {
        words.map { found in
            var hit = Hit(address: found.address, words: share(of: found.score, in: ceiling), meaning: nil)
            hit.score = hit.words ?? 0
            return hit
        }
    }

    /// Hits of either list, best first; ties in the order of the words' list, then by address. What only its meaning
    /// speaks for is left out where that points away from the question.
    ///
    /// - Parameters:
    ///   - weight: how much of a score is its meaning, 0 to 1.
    ///   - cosine: the cosine of a document that was found by its words.
    public static func hits(
        words: [SearchHit], ceiling: Double, meaning: [(address: DocumentAddress, cosine: Float)],
        weight: Double = meaningWeight, cosine: (DocumentAddress) -> Float?
    ) -> [Hit] {
        var ranks: [DocumentAddress: Int] = [:]
        var hits: [Hit] = []
        for (rank, found) in words.enumerated() where ranks.updateValue(rank, forKey: found.address) == nil {
            let share = share(of: found.score, in: ceiling)
            let meaning = cosine(found.address).map(Double.init)
            hits.append(Hit(address: found.address, words: share, meaning: meaning, weight: weight))
        }
        for found in meaning where ranks[found.address] == nil && found.cosine > 0 {
            let meaning = Double(found.cosine)
            hits.append(Hit(address: found.address, words: nil, meaning: meaning, weight: weight))
        }
        return hits.sorted { left, right in
            if left.score != right.score { return left.score > right.score }
            let (first, second) = (ranks[left.address] ?? .max, ranks[right.address] ?? .max)
            return first != second ? first < second : left.address < right.address
        }
    }

    private static func share(of score: Double, in ceiling: Double) -> Double {
        ceiling > 0 ? min(1, max(0, score / ceiling)) : 0
    }
}
