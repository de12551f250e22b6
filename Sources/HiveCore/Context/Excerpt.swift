/// The beginning of a text that fits a measure.
public enum Excerpt {
    /// Stands at the end of what was cut.
    public static let mark = "…"

    /// The longest beginning of a text that costs no more than `limit` with the mark behind it, cut at the end of a
    /// sentence or a word where one is near. Nil where not even one character fits.
    ///
    /// - Parameter cost: what a text costs, in tokens or dearer; a longer beginning must not cost less.
    public static func of(_ text: String, limit: Int, cost: (String) -> Int = TokenEstimate.tokens) -> String? {
        let bytes = text.utf8.prefix(TokenEstimate.mostBytes(ofTokens: max(0, limit)))
        let end = bytes.endIndex.samePosition(in: text.unicodeScalars) ?? lastBoundary(before: bytes.endIndex, in: text)
        let scalars = text.unicodeScalars[..<end]
        let places = Array(scalars.indices) + [scalars.endIndex]
        var (low, high) = (0, places.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if cost(String(text[..<places[middle]]) + mark) <= limit { low = middle } else { high = middle - 1 }
        }
        guard low > 0 else { return nil }
        return String(tidy(text[..<places[low]])) + mark
    }

    private static func lastBoundary(before index: String.Index, in text: String) -> String.Index {
        var index = index
        while index > text.startIndex, index.samePosition(in: text.unicodeScalars) == nil {
            index = text.utf8.index(before: index)
        }
        return index
    }

    /// Cut back to where a sentence ends in the second half, else to where a word does in the last quarter.
    private static func tidy(_ text: Substring) -> Substring {
        let half = text.unicodeScalars.suffix(text.unicodeScalars.count / 2)
        if let end = half.indices.last(where: { isEndOfSentence(at: $0, in: half) }) {
            return text[...end]
        }
        let quarter = text.unicodeScalars.suffix(text.unicodeScalars.count / 4)
        if let space = quarter.indices.last(where: { quarter[$0].properties.isWhitespace }) { return text[..<space] }
        return text
    }

    private static func isEndOfSentence(
        at index: String.Index, in text: Substring.UnicodeScalarView
    ) -> Bool {
        switch text[index] {
        case "。", "！", "？": return true
        case ".", "!", "?":
            let next = text.index(after: index)
            return next < text.endIndex && text[next].properties.isWhitespace
        default: return false
        }
    }
}
