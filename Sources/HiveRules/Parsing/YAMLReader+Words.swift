import HiveCEL

extension YAMLReader {
    /// A list of texts and nothing else: no single text, no numbers, no truth values. Nil where there is none. For what is
    /// read again by somebody who passes over what is not of the right kind.
    package mutating func words(_ key: String) throws(RuleError) -> [String]? {
        guard let value = try value(key) else { return nil }
        let advice = "write a list, as in \(key): [one, two]; what looks like a number or a truth value goes in quotes"
        guard case .list(let elements) = value else {
            throw RuleError("`\(key)` must be a list of texts", at: location(of: key), hint: advice)
        }
        var words: [String] = []
        for element in elements {
            guard case .string(let word) = element else {
                throw RuleError("`\(key)` must be a list of texts", at: location(of: key), hint: advice)
            }
            words.append(word)
        }
        return words
    }
}
