/// What is kept of an answer of a language model.
enum SummaryText {
    static let longest = 4000
    private static let thinking = (start: "<think>", end: "</think>")

    /// Without what a model thought before it answered, at most `longest` characters, cut where a sentence ends; nil where
    /// no words are left.
    static func cleaned(_ text: String) -> String? {
        var rest = text[...].drop(while: \.isWhitespace)
        if rest.hasPrefix(thinking.start) {
            guard let end = rest.firstRange(of: thinking.end) else { return nil }
            rest = rest[end.upperBound...]
        }
        let trimmed = String(String(rest.drop(while: \.isWhitespace)).reversed().drop(while: \.isWhitespace).reversed())
        guard trimmed.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        guard trimmed.count > longest else { return trimmed }
        let head = trimmed.prefix(longest)
        let end = head.lastIndex { ".!?。\n".contains($0) }
        return String(end.map { head[...$0] } ?? head)
    }
}
