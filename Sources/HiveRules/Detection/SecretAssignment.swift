/// A value that a name such as `password` is given, by `=` or `:`: in code, JSON, YAML, environment files and shells.
enum SecretAssignment {
    private static let names = [
        "password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "secretkey", "accesskey", "privatekey",
        "authkey", "signingkey", "encryptionkey", "credential", "credentials",
    ].map { Array($0.utf8) }
    private static let longestName = 40
    private static let longestValue = 512

    static func look(at separator: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        let name = name(before: separator, in: bytes)
        if name == Array("authorization".utf8) { return credential(after: separator, in: bytes) }
        guard names.contains(where: { name.count >= $0.count && name.suffix($0.count).elementsEqual($0) }) else {
            return .nothing
        }
        let start = skipBlanks(after: separator, in: bytes)
        guard start < bytes.count else { return .nothing }
        let value: ArraySlice<UInt8>
        let isSecret: Bool
        if ByteClass.isQuote(bytes[start]) {
            value = bytes[(start + 1)...].prefix(longestValue + 1).prefix { $0 != bytes[start] && $0 != 0x0A }
            isSecret = SecretValue.looksSecret(value)
        } else {
            value = bytes[start...].prefix(longestValue + 1).prefix { $0 > 0x20 && !isEnd($0) }
            isSecret = isLiteral(value, after: separator, start, in: bytes) && SecretValue.looksSecret(value)
        }
        let isWhole = value.count <= longestValue
        return isSecret && isWhole
            ? .secret("assigned secret", value.startIndex..<value.endIndex) : .harmless(until: value.endIndex)
    }

    /// The letters and digits of the name before a separator, in lower case; quotes, `_` and `-` do not count.
    private static func name(before separator: Int, in bytes: [UInt8]) -> [UInt8] {
        var end = separator
        while end > 0, separator - end < 4, bytes[end - 1] == 0x20 || ByteClass.isQuote(bytes[end - 1]) { end -= 1 }
        let tail = bytes[max(0, end - longestName)..<end].reversed().prefix { ByteClass.isWord($0) }.reversed()
        return tail.filter(ByteClass.isLetterOrDigit).map { $0 | 0x20 }
    }

    private static func skipBlanks(after separator: Int, in bytes: [UInt8]) -> Int {
        var start = separator + 1
        // `:=` and `=>` assign, too; `==` compares, with what might well be the secret.
        while start < bytes.count, start - separator < 6, [0x20, 0x09, 0x3D, 0x3E].contains(bytes[start]) { start += 1 }
        return start
    }

    private static func isEnd(_ byte: UInt8) -> Bool { Array(",;\"'`)}&".utf8).contains(byte) }

    /// Without quotes a value in code is a name or a call: it is a literal only in files of settings.
    private static func isLiteral(
        _ value: ArraySlice<UInt8>, after separator: Int, _ start: Int, in bytes: [UInt8]
    ) -> Bool {
        if value.contains(where: { Array("([{<".utf8).contains($0) }) { return false }
        // Without quotes, what is compared or mapped is a name.
        if bytes[separator + 1] == UInt8(ascii: "=") || bytes[separator + 1] == UInt8(ascii: ">") { return false }
        let isTight = start == separator + 1 && bytes[separator] == UInt8(ascii: "=")
        return isTight || !value.contains(UInt8(ascii: "."))
    }

    /// `Authorization: Bearer …`, `Authorization: Basic …`.
    private static func credential(after separator: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        var start = skipBlanks(after: separator, in: bytes)
        if start < bytes.count, ByteClass.isQuote(bytes[start]) { start += 1 }
        for scheme in ["Bearer ", "Basic ", "bearer ", "basic ", "token "]
        where bytes[start...].starts(with: scheme.utf8) {
            let value = bytes[(start + scheme.utf8.count)...].prefix(4_096).prefix {
                ByteClass.isBase64($0) || $0 == 0x2E
            }
            guard value.count >= 16, SecretValue.looksSecret(value) else { return .harmless(until: value.endIndex) }
            return .secret("credential in a header", value.startIndex..<value.endIndex)
        }
        return .nothing
    }
}
