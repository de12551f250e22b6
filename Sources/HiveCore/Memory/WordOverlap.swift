/// How alike two texts are by the words that they share: what there is where texts have no vectors.
public enum WordOverlap {
    /// The words of a text, each once, without stop words unless there are no others.
    public static func words(of text: String) -> Set<String> {
        let plain = String(text.map { $0.isLetter || $0.isNumber ? $0 : " " })
        return Set(SearchText.terms(of: plain))
    }

    /// The share of all their words that both have, from 0 to 1.
    public static func of(_ left: Set<String>, _ right: Set<String>) -> Double {
        let all = left.union(right).count
        return all == 0 ? 0 : Double(left.intersection(right).count) / Double(all)
    }

    /// The share of a question's words that a text has, from 0 to 1.
    public static func coverage(of question: Set<String>, by text: Set<String>) -> Double {
        question.isEmpty ? 0 : Double(question.intersection(text).count) / Double(question.count)
    }
}
