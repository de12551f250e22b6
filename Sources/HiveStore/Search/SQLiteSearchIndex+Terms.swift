import Foundation
import GRDB
import HiveCore

/// What the terms of a question are worth.
extension SQLiteSearchIndex {
    private static let tokenizer = FTS5TokenizerDescriptor(components: Schema.tokenizer)

    /// The terms of a question that have words, with the number of entries that all were weighed among.
    func weigh(_ question: String) throws -> (terms: [WeighedTerm], entries: Int) {
        let terms = WordQuery.terms(of: question)
        guard !terms.isEmpty else { return ([], 0) }
        let entries = try countedEntries()
        let tokenizer = try database.makeTokenizer(Self.tokenizer)
        let weighed = try terms.compactMap { term -> WeighedTerm? in
            let tokens = try tokenizer.tokenize(document: term).map(\.token)
            guard !tokens.isEmpty else { return nil }
            let phrase = WordQuery.phrase(term)
            let holders = try frequencies.holders(of: tokens.joined(separator: " "), among: entries) {
                try count(phrase: phrase, tokens: tokens)
            }
            let (all, having) = (Double(entries), Double(min(holders, entries)))
            return WeighedTerm(
                phrase: phrase, holders: holders, weight: max(1e-6, log((all - having + 0.5) / (having + 0.5))))
        }
        return (weighed, entries)
    }

    /// What the score of an entry that answers all words of a text cannot exceed: no term counts more than 2.2 times.
    func ceiling(for text: String) throws -> Double {
        2.2 * (try weigh(text).terms.reduce(0) { $0 + $1.weight })
    }

    /// How many entries have a term. A word is looked up in the vocabulary, a phrase is searched for.
    private func count(phrase: String, tokens: [String]) throws -> Int {
        let (sql, argument) =
            tokens.count == 1
            ? ("SELECT doc FROM vocabulary WHERE term = ?", tokens[0])
            : ("SELECT count(*) FROM words WHERE words MATCH ?", phrase)
        return try database.first(sql, [argument]) { $0[0] as Int } ?? 0
    }

    /// How many entries there are: what FTS5 keeps at the beginning of its averages, where `count(*)` would read them
    /// all. What a write that goes on has added is not among them yet.
    func countedEntries() throws -> Int {
        let averages = try database.first("SELECT block FROM words_data WHERE id = 1", []) { try $0.bytes(0) } ?? []
        // SQLite's numbers have seven bits in a byte, the highest first; a bit says whether another byte follows.
        var number = 0
        for byte in averages.prefix(8) {
            number = number << 7 | Int(byte & 0x7F)
            if byte & 0x80 == 0 { break }
        }
        return number
    }
}
