/// What makes two memories exact duplicates: their text, whatever white space stands around and between its words.
///
/// Case and punctuation count, since they tell identifiers apart.
public enum ContentFingerprint {
    public static let facetName = "content"

    /// The text with every run of white space as one space, and none at its ends.
    public static func normalised(_ text: String) -> String {
        normalisedASCII(text) ?? text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The same for a text of ASCII, byte by byte: each write asks for it several times. Nil for any other text, where
    /// what is white space depends on what combines with it.
    private static func normalisedASCII(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isBetweenWords = false
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isBetweenWords = !bytes.isEmpty
                continue
            }
            if isBetweenWords { bytes.append(0x20) }
            isBetweenWords = false
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The facet by which memories with the same text are found; nil for a text of nothing but white space.
    public static func facet(of text: String) -> Facet? {
        let normalised = normalised(text)
        guard !normalised.isEmpty else { return nil }
        return Facet(facetName, Digest.sha256(domain: "hive/1/content", Array(normalised.utf8)).hex)
    }
}
