import HiveCore

/// A question as FTS5 understands it: its terms, each a quoted phrase, so that nothing in it is an operator and
/// `kube-proxy` keeps the order of its parts.
enum WordQuery {
    /// Only so many bytes of a question are looked at: a page of text that was pasted into it, and no more.
    static let maximumBytes = 64 << 10
    /// A longer term is cut where a word in it ends: FTS5 opens a list for every word of a phrase.
    static let maximumTermLength = 128

    /// What a question asks for: words, and phrases of words. At most `SearchText.maximumTerms`.
    static func terms(of question: String) -> [String] {
        let readable = text(String(decoding: question.utf8.prefix(maximumBytes), as: UTF8.self))
        return SearchText.terms(of: readable).map(shortened)
    }

    /// A term in quotes. SQLite goes by bytes: a quote with a mark above it is one.
    static func phrase(_ term: String) -> String {
        var phrase = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in term.unicodeScalars { phrase += scalar == "\"" ? [scalar, scalar] : [scalar] }
        return String(phrase + ["\""])
    }

    /// SQLite ends a text at its first NUL.
    static func text(_ text: String) -> String {
        text.utf8.contains(0) ? String(decoding: text.utf8.map { $0 == 0 ? 32 : $0 }, as: UTF8.self) : text
    }

    /// Every ideograph begins with one of these bytes in UTF-8; most texts have none and are not looked at further.
    static func bigrams(of text: String) -> String {
        text.utf8.contains { $0 >= 0xE3 } ? SearchText.bigrams(of: text) : ""
    }

    private static func shortened(_ term: String) -> String {
        let isPartOfWord = { (character: Character) in character.isLetter || character.isNumber }
        let head = term.prefix(maximumTermLength)
        guard head.endIndex < term.endIndex else { return term }
        if let end = head.lastIndex(where: { !isPartOfWord($0) }), head[..<end].contains(where: isPartOfWord) {
            return String(head[..<end])
        }
        return String(term.drop { !isPartOfWord($0) }.prefix(while: isPartOfWord))
    }
}
