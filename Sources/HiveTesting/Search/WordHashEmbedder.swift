public import HiveCore

/// An embedder for tests: each word points in a direction of its own, given by its hash. Texts that share words are close;
/// so are words that were declared to mean the same.
public struct WordHashEmbedder: Embedder {
    public let model = "word-hash"
    public let dimensions: Int
    private let meanings: [String: String]

    /// `synonyms` maps words, in lower case, to the words that they count as.
    public init(dimensions: Int = 256, synonyms: [String: String] = [:]) {
        self.dimensions = dimensions
        meanings = synonyms
    }

    public func embed(_ texts: [String]) async throws -> [[Float]?] { texts.map(vector) }

    /// A unit vector; nil where the text has no words.
    public func vector(of text: String) -> [Float]? {
        var sum = [Float](repeating: 0, count: dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let word = meanings[String(word)] ?? String(word)
            let seed: UInt64 = word.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            var random = SeededRandom(seed: seed)
            for place in sum.indices { sum[place] += Float.random(in: -1...1, using: &random) }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sum.map { $0 / length } : nil
    }
}
