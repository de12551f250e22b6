public import HiveCore

/// What a backup file says of itself in plain: whose it is, from when, and which key opens it.
public struct BackupHeader: Sendable, Hashable {
    public static let firstBytes = Array("HIVEBAK1".utf8)
    /// The longest header that is read.
    static let longest = 4096

    public let id: String
    public let created: Timestamp
    let fingerprint: [UInt8]

    func encoded() -> [UInt8] {
        CBORValue.array([.text(id), .integer(created.milliseconds), .bytes(fingerprint)]).encoded()
    }

    init(id: String, created: Timestamp, fingerprint: [UInt8]) {
        self.id = id
        self.created = created
        self.fingerprint = fingerprint
    }

    /// Nil for bytes that are no header.
    init?(decoding bytes: [UInt8]) {
        guard case .array(let parts)? = try? CBORValue(decoding: bytes), parts.count >= 3, let id = parts[0].text,
            let created = parts[1].integer, let fingerprint = parts[2].bytes
        else { return nil }
        self.init(id: id, created: Timestamp(milliseconds: created), fingerprint: fingerprint)
    }
}

extension BackupHeader {
    /// Reads the header of a file. Throws `corrupt` for a file that is no backup.
    public init(of path: String) throws { self = try Self.read(from: FileInput(path)).header }

    static func read(from input: FileInput) throws -> (header: BackupHeader, bytes: [UInt8]) {
        let start = try input.read(firstBytes.count + 4)
        guard start.count == firstBytes.count + 4, Array(start.prefix(firstBytes.count)) == firstBytes else {
            throw StoreError(.corrupt, "`\(input.path)` is no backup of Hive", hint: "check the path")
        }
        let length = start.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= longest else { throw damaged(input.path) }
        let bytes = try input.read(length)
        guard bytes.count == length, let header = BackupHeader(decoding: bytes) else { throw damaged(input.path) }
        return (header, start + bytes)
    }

    private static func damaged(_ path: String) -> StoreError {
        StoreError(.corrupt, "the beginning of the backup `\(path)` is damaged", hint: BackupReader.advice)
    }
}
