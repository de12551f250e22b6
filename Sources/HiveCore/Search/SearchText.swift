/// How texts and queries become what a word index understands, without any of its operators.
public enum SearchText {
    /// More distinct terms than this are left out of a query.
    public static let maximumTerms = 64

    /// The terms of a query: words split at white space, each to be looked up as a phrase, so that `kube-proxy` and
    /// `/etc/hosts` keep the order of their parts. Stop words go unless nothing else is left; runs of ideographs become
    /// pairs.
    public static func terms(of query: String) -> [String] {
        var seen: Set<String> = []
        var terms: [String] = []
        for word in query.split(whereSeparator: \.isWhitespace) where terms.count < 4 * maximumTerms {
            for term in parts(of: String(word).lowercased()) where seen.insert(term).inserted { terms.append(term) }
        }
        let meaningful = terms.filter { !stopWords.contains($0) }
        return Array((meaningful.isEmpty ? terms : meaningful).prefix(maximumTerms))
    }

    /// Every pair of neighbouring ideographs, separated by spaces: what makes parts of unspaced texts findable.
    public static func bigrams(of text: String) -> String {
        ideographRuns(in: text).flatMap(pairs).joined(separator: " ")
    }

    private static func parts(of word: String) -> [String] {
        let runs = ideographRuns(in: word)
        let rest = String(word.map { $0.unicodeScalars.contains(where: isIdeograph) ? " " : $0 })
            .split(separator: " ").map(String.init)
        return rest.filter { $0.contains { $0.isLetter || $0.isNumber } } + runs.flatMap(pairs)
    }

    private static func pairs(_ run: [Character]) -> [String] {
        guard run.count > 1 else { return [String(run)] }
        return (0..<(run.count - 1)).map { String(run[$0...($0 + 1)]) }
    }

    private static func ideographRuns(in text: String) -> [[Character]] {
        var runs: [[Character]] = []
        var run: [Character] = []
        for character in text {
            if character.unicodeScalars.contains(where: isIdeograph) {
                run.append(character)
            } else if !run.isEmpty {
                runs.append(run)
                run = []
            }
        }
        if !run.isEmpty { runs.append(run) }
        return runs
    }

    static func isIdeograph(_ character: Character) -> Bool { character.unicodeScalars.contains(where: isIdeograph) }

    /// Whether a word in lower case says nothing about what a text is about.
    static func isStopWord(_ word: String) -> Bool { stopWords.contains(word) }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x2FA1F:
            true
        default: false
        }
    }

    private static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "did", "do", "does", "for", "from",
        "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on",
        "or", "our", "so", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "we", "were",
        "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
    ]
}
