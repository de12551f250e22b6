/// `scheme://user:password@host`.
enum AddressPassword {
    private static let longest = 256
    /// What examples and containers on one's own machine use.
    private static let harmless = [
        "password", "passwd", "postgres", "root", "admin", "guest", "secret", "user", "pass",
    ]
    .map { Array($0.utf8) }

    static func look(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        guard bytes[index...].starts(with: "://".utf8) else { return .nothing }
        let authority = bytes[(index + 3)...].prefix(longest).prefix {
            $0 > 0x20 && !Array("/\"'`<>".utf8).contains($0)
        }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return .harmless(until: index + 3) }
        let password = authority[(colon + 1)..<at]
        guard password.count >= 6, !SecretValue.isPlaceholder(password), !harmless.contains(Array(password)) else {
            return .harmless(until: at)
        }
        return .secret("password in an address", password.startIndex..<password.endIndex)
    }
}
