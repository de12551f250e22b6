/// How many tokens a model will make of a text, without knowing the model.
enum TokenCount {
    /// Every four bytes of a word begin a token, and so does every mark. Common tokenizers make fewer of English texts,
    /// so that what is within a limit here is within it there.
    static func estimate(_ text: String) -> Int64 {
        var tokens: Int64 = 0
        var run = 0
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                run += UTF8.width(scalar)
                continue
            }
            tokens += Int64((run + 3) / 4)
            run = 0
            if !scalar.properties.isWhitespace { tokens += 1 }
        }
        return tokens + Int64((run + 3) / 4)
    }
}
