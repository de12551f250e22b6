import Crypto
import Foundation
import HiveCore

/// AES-256-GCM over numbered chunks. Each backup has a key of its own, so a chunk's number is its nonce; the number, the
/// header and whether a chunk is the last are authenticated with it: chunks can be neither changed, moved, taken from
/// another backup, nor cut off.
struct BackupCipher {
    static let tagLength = 16
    /// The plain bytes of a chunk.
    static let chunk = 256 << 10

    private let key: SymmetricKey
    private let header: [UInt8]

    init(key: BackupKey, header: [UInt8]) {
        self.key = SymmetricKey(data: key.bytes)
        self.header = Digest.sha256(domain: "hive/1/backup-header", header).bytes
    }

    /// The encrypted bytes with their tag behind them.
    func seal(_ bytes: [UInt8], number: UInt64, isLast: Bool) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            bytes, using: key, nonce: try Self.nonce(number), authenticating: associated(number, isLast))
        return [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Nil where the bytes are not what was sealed under this key in this place.
    func open(_ bytes: [UInt8], number: UInt64, isLast: Bool) throws -> [UInt8]? {
        guard bytes.count >= Self.tagLength else { return nil }
        let box = try AES.GCM.SealedBox(
            nonce: try Self.nonce(number), ciphertext: bytes.dropLast(Self.tagLength), tag: bytes.suffix(Self.tagLength)
        )
        do { return [UInt8](try AES.GCM.open(box, using: key, authenticating: associated(number, isLast))) } catch {
            return nil
        }
    }

    private static func nonce(_ number: UInt64) throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: [0, 0, 0, 0] + bytes(of: number))
    }

    private func associated(_ number: UInt64, _ isLast: Bool) -> [UInt8] {
        header + Self.bytes(of: number) + [isLast ? 1 : 0]
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }
}
