/// What makes two memories exact duplicates: their text, whatever white space stands around and between its words.
///
/// Case and punctuation count, since they tell identifiers apart.
public enum ContentFingerprint {
    public static let facetName = "content"

    /// The text with every run of white space as one space, and none at its ends.
    public static func normalised(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The facet by which memories with the same text are found; nil for a text of nothing but white space.
    public static func facet(of text: String) -> Facet? {
        let normalised = normalised(text)
        guard !normalised.isEmpty else { return nil }
        return Facet(facetName, Digest.sha256(domain: "hive/1/content", Array(normalised.utf8)).hex)
    }
}
