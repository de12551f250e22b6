/// The names that secrets are given to.
enum SecretName {
    /// How such names end, in lower case and without `_` and `-`.
    private static let endings = [
        "password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "secretkey", "accesskey", "privatekey",
        "authkey", "accountkey", "signingkey", "encryptionkey", "masterkey", "secretkeybase", "credential",
        "credentials",
    ].map { Array($0.utf8) }
    /// Names that end so and are none: places in lists, and what everybody may know.
    private static let harmless = ["public", "page", "next", "continuation", "cursor", "cancel", "csrf"].map {
        Array($0.utf8)
    }
    private static let longest = 40

    static func isSecret(_ name: [UInt8]) -> Bool {
        endings.contains { name.count >= $0.count && name.suffix($0.count).elementsEqual($0) }
            && !harmless.contains { word in name.indices.contains { name[$0...].starts(with: word) } }
    }

    /// The letters and digits of the name before a separator, in lower case; quotes, `_`, `-` and the bracket of
    /// `names["password"]` do not count. Empty where there is none, or only a part of a path such as `arn:…:secret:x`.
    static func before(_ separator: Int, in bytes: [UInt8]) -> [UInt8] {
        var end = separator
        while end > 0, separator - end < longest, isBetween(bytes[end - 1]) { end -= 1 }
        let tail = bytes[max(0, end - longest)..<end]
        let start = tail.lastIndex { !ByteClass.isWord($0) }.map { $0 + 1 } ?? tail.startIndex
        let isPath = bytes[separator] == UInt8(ascii: ":") && start > 0 && bytes[start - 1] == UInt8(ascii: ":")
        return start < end && !isPath ? normalised(tail[start...]) : []
    }

    /// The name in front of a type: `password: String = `.
    static func beforeType(_ separator: Int, in bytes: [UInt8]) -> [UInt8] {
        guard bytes[separator] == UInt8(ascii: "=") else { return [] }
        var index = separator
        while index > 0, separator - index < longest, bytes[index - 1] == 0x20 { index -= 1 }
        while index > 0, separator - index < longest, ByteClass.isWord(bytes[index - 1]) || bytes[index - 1] == 0x3F {
            index -= 1
        }
        while index > 0, separator - index < longest, bytes[index - 1] == 0x20 { index -= 1 }
        guard index > 0, bytes[index - 1] == UInt8(ascii: ":") else { return [] }
        return before(index - 1, in: bytes)
    }

    /// The word at an index.
    static func at(_ index: Int, in bytes: [UInt8]) -> (name: [UInt8], end: Int) {
        let word = bytes[index...].prefix(longest).prefix { ByteClass.isWord($0) }
        return (normalised(word), word.endIndex)
    }

    private static func isBetween(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "]")
            || ByteClass.isQuote(byte)
    }

    private static func normalised(_ word: ArraySlice<UInt8>) -> [UInt8] {
        word.filter(ByteClass.isLetterOrDigit).map { $0 | 0x20 }
    }
}
