/// Where a text holds a secret, and of what kind it is; never the secret itself.
public struct SecretFinding: Sendable, Hashable {
    /// Such as `GitHub token` or `assigned secret`.
    public let kind: String
    /// The secret's bytes in the UTF-8 of the text.
    public let range: Range<Int>

    /// The beginning of the secret, to know it again by, and nothing else of it.
    public func redacted(_ text: [UInt8]) -> String {
        let shown = text[range].prefix(min(4, range.count / 4)).map { (0x21...0x7E).contains($0) ? $0 : 0x2E }
        return String(decoding: shown, as: UTF8.self) + "…"
    }
}
