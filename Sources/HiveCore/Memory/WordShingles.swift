/// The words of a text and the pairs of neighbours among them: what tells that two texts are nearly the same, and that the
/// order of their words is too.
public struct WordShingles: Sendable, Hashable {
    /// Sorted, each once.
    public let shingles: [String]

    /// Of longer texts only so many words are compared.
    public static let maximumWords = 2000

    public init(_ text: String) {
        let words = TextWords.words(of: text).prefix(Self.maximumWords)
        shingles = Set(words + zip(words, words.dropFirst()).map { "\($0) \($1)" }).sorted()
    }

    /// How many shingles two texts have in common, as a share of those that either has: from 0 to 1, 0 where both are empty.
    public func overlap(with other: WordShingles) -> Double {
        var (mine, theirs, common) = (0, 0, 0)
        while mine < shingles.count, theirs < other.shingles.count {
            if shingles[mine] == other.shingles[theirs] {
                common += 1
                mine += 1
                theirs += 1
            } else if shingles[mine] < other.shingles[theirs] {
                mine += 1
            } else {
                theirs += 1
            }
        }
        let either = shingles.count + other.shingles.count - common
        return either == 0 ? 0 : Double(common) / Double(either)
    }
}
