/// Compares texts by their words: each text a direction in which a word weighs more the oftener the text has it.
public struct WordVectors: Sendable {
    /// By number of the word, ascending; of unit length.
    private let vectors: [[(word: Int, weight: Double)]]

    /// - Parameter weighsRarity: whether a word also weighs more the fewer of the texts have it. That tells sentences of one
    ///   matter apart; where few texts are asked whether they are of one matter, it would let a date outweigh all they share.
    public init(_ texts: [String], weighsRarity: Bool = false) {
        let words = texts.map { TextWords.words(of: $0).filter { !SearchText.isStopWord($0) } }
        var holders: [String: Int] = [:]
        for text in words { for word in Set(text) { holders[word, default: 0] += 1 } }
        let numbers = Dictionary(uniqueKeysWithValues: holders.keys.sorted().enumerated().map { ($1, $0) })
        vectors = words.map { text in
            var counts: [String: Int] = [:]
            for word in text { counts[word, default: 0] += 1 }
            let weights = counts.map { word, count in
                let rarity = Halving.doublings(from: Double(holders[word] ?? 1), to: Double(words.count))
                return (word: numbers[word] ?? 0, weight: Double(count) * (weighsRarity ? 1 + rarity : 1))
            }.sorted { $0.word < $1.word }
            let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            return length > 0 ? weights.map { ($0.word, $0.weight / length) } : []
        }
    }

    /// The cosine between two of the texts, from 0 to 1.
    public func cosine(_ first: Int, _ second: Int) -> Double {
        let (left, right) = (vectors[first], vectors[second])
        var (sum, mine, theirs) = (0.0, 0, 0)
        while mine < left.count, theirs < right.count {
            if left[mine].word == right[theirs].word {
                sum += left[mine].weight * right[theirs].weight
                mine += 1
                theirs += 1
            } else if left[mine].word < right[theirs].word {
                mine += 1
            } else {
                theirs += 1
            }
        }
        return min(1, sum)
    }
}
