/// What must not stand in a log, wherever it came from: the last line of defence behind those who do not log it.
enum Secrets {
    private static let marker = "<hidden>"
    /// What comes before something secret.
    private static let beginnings = ["hive_", "Bearer ", "bearer ", "hive1-"]

    /// The text with tokens taken out.
    static func hidden(in text: String) -> String {
        guard beginnings.contains(where: text.contains) else { return text }
        var output = ""
        var rest = text[...]
        while let (start, beginning) = first(in: rest) {
            let secret = rest[start...].dropFirst(beginning.count).prefix(while: isPartOfToken)
            output += rest[..<start]
            // What is short is a word, as in the names of metrics.
            output += secret.utf8.count >= 20 ? marker : beginning + secret
            rest = rest[secret.endIndex...]
        }
        return output + rest
    }

    private static func first(in text: Substring) -> (String.Index, String)? {
        beginnings.compactMap { beginning in text.firstRange(of: beginning).map { ($0.lowerBound, beginning) } }
            .min { $0.0 < $1.0 }
    }

    private static func isPartOfToken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.~+/=".contains(character))
    }
}
