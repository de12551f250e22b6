/// `scheme://user:password@host`, and addresses of hooks, which are secrets as a whole.
enum AddressPassword {
    private static let longest = 256
    /// What examples and containers on one's own machine use.
    private static let harmless = [
        "password", "passwd", "postgres", "root", "admin", "guest", "secret", "user", "pass",
    ]
    .map { Array($0.utf8) }

    static func look(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        guard bytes[index...].starts(with: "://".utf8) else { return .nothing }
        if let hook = hook(at: index + 3, in: bytes) { return .secret("Slack webhook", hook) }
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

    private static let hookHost = Array("hooks.slack.com/services/".utf8)

    /// The path of a hook: team, channel and key.
    private static func hook(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard bytes[start...].starts(with: hookHost) else { return nil }
        let path = bytes[(start + hookHost.count)...].prefix(96).prefix {
            ByteClass.isLetterOrDigit($0) || $0 == UInt8(ascii: "/")
        }
        let parts = path.split(separator: UInt8(ascii: "/"))
        guard parts.count == 3, parts[2].count >= 20, !SecretValue.isPlaceholder(path),
            SecretValue.entropy(parts[2]) >= 2.8
        else { return nil }
        return path.startIndex..<path.endIndex
    }
}
