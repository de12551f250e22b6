/// What tells a secret from a word, and from a place where one would go.
enum SecretValue {
    private static let placeholders = [
        "example", "changeme", "change-me", "change_me", "placeholder", "redacted", "your", "dummy", "xxxx", "****",
        "....", "fixture", "sample", "fake", "insert", "mock", "notreal", "not-real", "123456", "abcdef", "abc123",
    ].map { Array($0.utf8) }
    /// Where secrets really are: in the environment, in a vault.
    private static let references = [
        "${", "{{", "process.env", "os.environ", "getenv", "vault:", "ssm:", "arn:", "enc[", "secretref", "secrets.",
    ].map { Array($0.utf8) }
    private static let words = ["password", "passwd", "passw0rd", "p@ssw0rd", "secret", "token", "test"].map {
        Array($0.utf8)
    }

    /// Mixed or random, without blanks, neither a word nor a reference to where the secret is.
    static func looksSecret(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count >= 8, !value.contains(where: { $0 <= 0x20 }), !isPlaceholder(value) else { return false }
        let digits = value.count(where: ByteClass.isDigit)
        let lower = value.count(where: ByteClass.isLower)
        let upper = value.count(where: ByteClass.isUpper)
        let others = value.count - digits - lower - upper
        guard digits < value.count, entropy(value) >= 2.5 else { return false }
        if digits > 0 { return true }
        return value.count >= 12 && lower > 0 && upper > 0 && others > 0 && !isPath(value)
    }

    static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
        if let first = value.first, Array("$<{%*@!".utf8).contains(first) { return true }
        let lower = value.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 }
        if words.contains(where: { lower.starts(with: $0) && lower.count <= $0.count + 4 }) { return true }
        return (placeholders + references).contains { contains(lower, $0) }
    }

    private static func isPath(_ value: ArraySlice<UInt8>) -> Bool {
        value.contains(UInt8(ascii: "/")) || value.contains(UInt8(ascii: "."))
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        text.indices.contains { text[$0] == word[0] && text[$0...].starts(with: word) }
    }

    /// Shannon's, in bits a byte.
    static func entropy(_ value: ArraySlice<UInt8>) -> Double {
        guard !value.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in value { counts[Int(byte)] += 1 }
        var sum = 0.0
        for count in counts where count > 0 { sum += Double(count) * binaryLogarithm(count) }
        return binaryLogarithm(value.count) - sum / Double(value.count)
    }

    /// By squaring what is left of the number: every time that it passes 2 there is one bit more. To 2⁻¹².
    private static func binaryLogarithm(_ number: Int) -> Double {
        var rest = Double(number).significand
        var result = Double(Double(number).exponent)
        var bit = 0.5
        for _ in 0..<12 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
