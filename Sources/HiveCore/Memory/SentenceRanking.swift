/// Orders sentences by how much of what the others say they say: the stationary share of a walk between sentences that have
/// words in common, as TextRank has it. Pure, and the same on every machine.
struct SentenceRanking {
    /// One for each sentence, larger for more central ones.
    let weights: [Double]
    private let vectors: WordVectors

    private static let damping = 0.85
    private static let rounds = 40

    init(_ sentences: [Substring]) {
        let vectors = WordVectors(sentences.map(String.init), weighsRarity: true)
        self.vectors = vectors
        let places = sentences.indices
        let likeness = places.map { row in places.map { row == $0 ? 0 : vectors.cosine(row, $0) } }
        let sums = likeness.map { $0.reduce(0, +) }
        var weights = [Double](repeating: 1, count: sentences.count)
        for _ in 0..<Self.rounds {
            weights = places.map { row in
                let received = places.reduce(0.0) { total, column in
                    sums[column] > 0 ? total + likeness[column][row] / sums[column] * weights[column] : total
                }
                return 1 - Self.damping + Self.damping * received
            }
        }
        self.weights = weights
    }

    /// How alike two of the sentences are, from 0 to 1.
    func likeness(_ first: Int, _ second: Int) -> Double { vectors.cosine(first, second) }
}
