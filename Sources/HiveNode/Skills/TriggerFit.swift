import HiveCore

/// How well the triggers of skills fit a situation: by the words that they have of it or by what they mean, whichever is more.
struct TriggerFit {
    let question: String
    /// Nil where triggers are compared by words only, as with a model on a server: it would be asked about each of them.
    let meaning: MeaningIndex?

    init(_ question: String, meaning: MeaningIndex?) {
        self.question = question
        self.meaning = meaning?.embedder.server == nil ? meaning : nil
    }

    /// For each trigger from 0 to 1.
    func fits(of triggers: [String]) async throws -> [Double] {
        let words = WordOverlap.words(of: question)
        let shares = triggers.map { WordOverlap.coverage(of: words, by: WordOverlap.words(of: $0)) }
        guard let meaning, !triggers.isEmpty else { return shares }
        let vectors = try await meaning.vectors(of: [question] + triggers)
        guard let asked = vectors[0] else { return shares }
        return zip(shares, vectors.dropFirst()).map { share, vector in
            guard let vector else { return share }
            return max(share, Double(zip(asked, vector).reduce(0) { $0 + $1.0 * $1.1 }))
        }
    }
}
