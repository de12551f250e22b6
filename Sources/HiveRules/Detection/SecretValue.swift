/// What tells a secret from a word, and from a place where one would go.
enum SecretValue {
    private static let placeholders = [
        // hive:allow banned-terms the detector knows this word as one that stands for a secret
        "example", "changeme", "change-me", "change_me", "placeholder", "redacted", "your", "dummy", "xxxx", "****",
        "....", "fixture", "sample", "fake", "insert", "mock", "notreal", "not-real", "123456", "abcdef", "abc123",
    ].map { Array($0.utf8) }
    /// Where secrets really are: in the environment, in a vault.
    private static let references = [
        "${", "{{", "process.env", "os.environ", "getenv", "vault:", "ssm:", "arn:", "://", "enc[", "secretref",
        "secrets.",
    ].map { Array($0.utf8) }
    /// What names a secret, or tries something out, is none.
    private static let words = [
        "password", "passwd", "passw0rd", "p@ssw0rd", "secret", "token", "credential", "test",
    ].map { Array($0.utf8) }
    /// How addresses, paths and digests begin.
    private static let beginnings = [
        "/", "./", "../", "~/", "sha1", "sha256", "sha384", "sha512", "md5", "ref+", "op:",
    ].map { Array($0.utf8) }

    /// Mixed or random, without blanks, neither a word nor a reference to where the secret is. Without quotes it may as
    /// well be a name, so it must look more random.
    static func looksSecret(_ value: ArraySlice<UInt8>, isQuoted: Bool) -> Bool {
        guard value.count >= 8, !value.contains(where: { $0 <= 0x20 }), !isPlaceholder(value), !isUUID(value),
            !beginnings.contains(where: { value.starts(with: $0) })
        else { return false }
        let digits = value.count(where: ByteClass.isDigit)
        let lower = value.count(where: ByteClass.isLower)
        let upper = value.count(where: ByteClass.isUpper)
        let others = value.count - digits - lower - upper
        guard digits < value.count, entropy(value) >= 2.5 else { return false }
        if digits == 0 {
            return isQuoted && value.count >= 12 && lower > 0 && upper > 0 && others > 0 && !isPath(value)
        }
        let changes = changes(in: value)
        if changes >= 3 || value.contains(where: { isSign($0) }) { return true }
        return isQuoted && digits >= 2 && !value.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    /// Whether a value that can be nothing but a secret is one, and not the place of one.
    static func looksRandom(_ value: ArraySlice<UInt8>) -> Bool {
        !isPlaceholder(value) && value.contains(where: ByteClass.isDigit) && entropy(value) >= 3
    }

    static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
        if let first = value.first, Array("$<{%*@!".utf8).contains(first) { return true }
        let lower = value.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 }
        return (words + placeholders + references).contains { contains(lower, $0) }
    }

    /// Signs that passwords have and names have not.
    private static func isSign(_ byte: UInt8) -> Bool { Array("!@#%^+?~".utf8).contains(byte) }

    /// How often a digit follows a letter or a letter a digit.
    private static func changes(in value: ArraySlice<UInt8>) -> Int {
        zip(value, value.dropFirst()).count { one, next in
            ByteClass.isLetterOrDigit(one) && ByteClass.isLetterOrDigit(next)
                && ByteClass.isDigit(one) != ByteClass.isDigit(next)
        }
    }

    private static func isUUID(_ value: ArraySlice<UInt8>) -> Bool {
        let parts = value.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.joined().allSatisfy { ByteClass.isLowerHexadecimal($0 | 0x20) }
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
