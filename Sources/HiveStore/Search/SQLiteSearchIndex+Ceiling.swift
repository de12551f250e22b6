import Foundation
import GRDB
import HiveCore

/// What scores are measured against.
extension SQLiteSearchIndex {
    private static let tokenizer = FTS5TokenizerDescriptor(components: Schema.tokenizer)

    func ceiling(for text: String) throws -> Double {
        let terms = WordQuery.terms(of: text)
        guard !terms.isEmpty else { return 0 }
        let entries = Double(try count())
        let tokenizer = try database.makeTokenizer(Self.tokenizer)
        let sum = try terms.reduce(0.0) { sum, term in
            let tokens = try tokenizer.tokenize(document: term).map(\.token)
            guard !tokens.isEmpty else { return sum }
            let holders = Double(try holders(of: term, tokens: tokens))
            return sum + max(1e-6, log((entries - holders + 0.5) / (holders + 0.5)))
        }
        return 2.2 * sum
    }

    /// How many entries have a term. A word is looked up in the vocabulary, a phrase is searched for.
    private func holders(of term: String, tokens: [String]) throws -> Int {
        let (sql, argument) =
            tokens.count == 1
            ? ("SELECT doc FROM vocabulary WHERE term = ?", tokens[0])
            : ("SELECT count(*) FROM words WHERE words MATCH ?", WordQuery.phrase(term))
        return try database.first(sql, [argument]) { $0[0] as Int } ?? 0
    }
}
