/// Summarises by choosing sentences: the most central ones of all texts, in the order in which they stand. Says nothing that
/// the texts do not say word for word, needs no model, and answers the same everywhere.
public struct ExtractiveSummarizer: Summarizer {
    public let name = "extractive"
    /// How many characters a summary has at most.
    public let limit: Int

    /// Of more sentences than this the first ones of each text are looked at.
    static let maximumSentences = 200
    /// A sentence that is more alike than this to a chosen one says nothing new.
    static let sameness = 0.8

    public init(limit: Int = 1200) { self.limit = max(1, limit) }

    public func summary(of texts: [String]) async throws -> String { extract(texts) }

    /// The chosen sentences, one on each line. Where not even one is short enough: the beginning of the most central one.
    public func extract(_ texts: [String]) -> String {
        let sentences = Self.sentences(of: texts)
        let ranking = SentenceRanking(sentences)
        let order = sentences.indices.sorted { left, right in
            let (first, second) = (ranking.weights[left], ranking.weights[right])
            return first == second ? left < right : first > second
        }
        var chosen: [Int] = []
        var length = 0
        for place in order {
            let cost = sentences[place].count + (chosen.isEmpty ? 0 : 1)
            guard length + cost <= limit else { continue }
            guard !chosen.contains(where: { ranking.likeness($0, place) > Self.sameness }) else { continue }
            chosen.append(place)
            length += cost
        }
        if chosen.isEmpty, let first = order.first { return String(sentences[first].prefix(limit)) }
        return chosen.sorted().map { String(sentences[$0]) }.joined(separator: "\n")
    }

    /// The sentences of all texts, text by text; each that is written several times once.
    private static func sentences(of texts: [String]) -> [Substring] {
        let all = texts.map(Sentences.of)
        let share = max(1, maximumSentences / max(1, all.count))
        let isTooMuch = all.reduce(0) { $0 + $1.count } > maximumSentences
        var known: Set<Substring> = []
        let taken = all.flatMap { isTooMuch ? Array($0.prefix(share)) : $0 }.prefix(maximumSentences)
        return taken.filter { known.insert($0).inserted }
    }
}
