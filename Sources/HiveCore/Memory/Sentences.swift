/// Cuts texts into sentences, each a part of the text as it stands.
public enum Sentences {
    private static let ends: Set<Character> = [".", "!", "?", "…"]
    private static let wideEnds: Set<Character> = ["。", "！", "？"]

    /// The sentences in order, without the white space around them. A line break ends one; so does a full stop before white
    /// space, unless a small letter follows, as after `e.g.`.
    public static func of(_ text: String) -> [Substring] {
        var sentences: [Substring] = []
        var start = text.startIndex
        var place = text.startIndex
        while place < text.endIndex {
            let next = text.index(after: place)
            if endsSentence(text, at: place, next: next) {
                append(text[start..<next], to: &sentences)
                start = next
            }
            place = next
        }
        append(text[start...], to: &sentences)
        return sentences
    }

    private static func endsSentence(_ text: String, at place: String.Index, next: String.Index) -> Bool {
        let character = text[place]
        if character.isNewline || wideEnds.contains(character) { return true }
        guard ends.contains(character) else { return false }
        guard next < text.endIndex else { return true }
        guard text[next].isWhitespace else { return false }
        let following = text[next...].first { !$0.isWhitespace }
        return !(character == "." && following?.isLowercase == true)
    }

    private static func append(_ part: Substring, to sentences: inout [Substring]) {
        let trimmed = part.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return }
        sentences.append(trimmed[...last])
    }
}
