/// The words of a text for comparing texts: in lower case, without punctuation, each ideograph a word of its own.
public enum TextWords {
    public static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text.lowercased() {
            if SearchText.isIdeograph(character) {
                if !word.isEmpty { words.append(word) }
                words.append(String(character))
                word = ""
            } else if character.isLetter || character.isNumber {
                word.append(character)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
