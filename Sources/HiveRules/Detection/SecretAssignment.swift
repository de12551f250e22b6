/// A value that a name such as `password` is given, by `=` or `:`, between tags, or as an option of a command: in code,
/// JSON, YAML, environment files and shells.
enum SecretAssignment {
    private static let longestValue = 512

    static func look(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        switch bytes[index] {
        case UInt8(ascii: ":"), UInt8(ascii: "="): look(behind: index, in: bytes)
        case UInt8(ascii: ">"): element(behind: index, in: bytes)
        case UInt8(ascii: "-"): option(at: index, in: bytes)
        default: .nothing
        }
    }

    private static func look(behind separator: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        // The colon of `:=` is skipped when its equals sign is looked at.
        let name = SecretName.before(separator, in: bytes)
        if name == Array("authorization".utf8) { return credential(after: separator, in: bytes) }
        guard SecretName.isSecret(name) || SecretName.isSecret(SecretName.beforeType(separator, in: bytes)) else {
            return .nothing
        }
        let start = skipBlanks(after: separator, in: bytes)
        guard start < bytes.count else { return .nothing }
        if ByteClass.isQuote(bytes[start]) { return quoted(from: start, in: bytes) }
        // JSON inside of a text has its quotes escaped.
        if bytes[start...].starts(with: "\\\"".utf8) { return quoted(from: start + 1, in: bytes) }
        let value = word(from: start, in: bytes)
        let isLiteral = isLiteral(value, after: separator, start, in: bytes)
        return look(value, isLiteral && SecretValue.looksSecret(value, isQuoted: false))
    }

    /// `<password>…</password>`
    private static func element(behind bracket: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        guard bracket > 0, ByteClass.isWord(bytes[bracket - 1]),
            SecretName.isSecret(SecretName.before(bracket, in: bytes))
        else { return .nothing }
        let value = bytes[(bracket + 1)...].prefix(longestValue + 1).prefix { $0 > 0x20 && $0 != UInt8(ascii: "<") }
        guard value.endIndex < bytes.count, bytes[value.endIndex] == UInt8(ascii: "<") else { return .nothing }
        return look(value, SecretValue.looksSecret(value, isQuoted: true))
    }

    /// `--password …`
    private static func option(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        guard bytes[index...].starts(with: "--".utf8), index == 0 || bytes[index - 1] <= 0x20 else { return .nothing }
        let (name, end) = SecretName.at(index + 2, in: bytes)
        guard SecretName.isSecret(name), end + 1 < bytes.count, bytes[end] == 0x20 else { return .nothing }
        if ByteClass.isQuote(bytes[end + 1]) { return quoted(from: end + 1, in: bytes) }
        let value = word(from: end + 1, in: bytes)
        return look(value, SecretValue.looksSecret(value, isQuoted: false))
    }

    private static func quoted(from quote: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        let value = bytes[(quote + 1)...].prefix(longestValue + 1).prefix {
            $0 != bytes[quote] && $0 != 0x0A && $0 != UInt8(ascii: "\\")
        }
        return look(value, SecretValue.looksSecret(value, isQuoted: true))
    }

    private static func word(from start: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes[start...].prefix(longestValue + 1).prefix { $0 > 0x20 && !isEnd($0) }
    }

    private static func look(_ value: ArraySlice<UInt8>, _ isSecret: Bool) -> SecretDetector.Look {
        isSecret && value.count <= longestValue
            ? .secret("assigned secret", value.startIndex..<value.endIndex) : .harmless(until: value.endIndex)
    }

    private static func skipBlanks(after separator: Int, in bytes: [UInt8]) -> Int {
        var start = separator + 1
        // `:=` and `=>` assign, too; `==` compares, with what might well be the secret.
        while start < bytes.count, start - separator < 40, [0x20, 0x09, 0x3D, 0x3E].contains(bytes[start]) {
            start += 1
        }
        return start
    }

    private static func isEnd(_ byte: UInt8) -> Bool { Array(",;\"'`)}&<".utf8).contains(byte) }

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
            guard value.count >= 16, SecretValue.looksRandom(value) else {
                return .harmless(until: value.endIndex)
            }
            return .secret("credential in a header", value.startIndex..<value.endIndex)
        }
        return .nothing
    }
}
