import HiveCore

/// The key of one backup, 32 random bytes, with the backup's id. As text: `hive-backup-key:1:ID:BASE64URL`.
struct BackupKey: Sendable, Hashable {
    static let length = 32
    private static let prefix = "hive-backup-key:1:"

    let id: String
    let bytes: [UInt8]

    init(id: String, bytes: [UInt8]) {
        self.id = id
        self.bytes = bytes
    }

    static func random(using random: inout some RandomNumberGenerator) -> BackupKey {
        let bytes = (0..<(length + 8)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return BackupKey(id: Hex.encode(Array(bytes.suffix(8))), bytes: Array(bytes.prefix(length)))
    }

    /// Nil for a text that is no key; white space around it does not matter.
    init?(text: String) {
        let line = text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        guard line.hasPrefix(Self.prefix) else { return nil }
        let parts = line.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, Hex.decode(String(parts[0]))?.count == 8,
            let bytes = Base64URL.decode(String(parts[1])), bytes.count == Self.length
        else { return nil }
        self.init(id: String(parts[0]), bytes: bytes)
    }

    var text: String { "\(Self.prefix)\(id):\(Base64URL.encode(bytes))" }

    /// Tells keys apart without telling the key.
    var fingerprint: [UInt8] { Array(Digest.sha256(domain: "hive/1/backup-key", bytes).bytes.prefix(8)) }
}
