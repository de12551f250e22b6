/// Stands in a body for a value over 64 KiB, which is fetched lazily and erased with the body.
public struct BlobReference: Sendable, Hashable {
    /// Values up to this size stay inside the body.
    public static let inlineLimit = 64 * 1024
    /// A reference to more bytes makes its body malformed.
    public static let limit: UInt64 = 1 << 20

    /// `SHA-256("hive/1/blob" ‖ 0 ‖ salt ‖ bytes)`.
    public let hash: Digest
    /// 16 random bytes.
    public let salt: [UInt8]
    public let size: UInt64

    public init(hash: Digest, salt: [UInt8], size: UInt64) {
        self.hash = hash
        self.salt = salt
        self.size = size
    }

    public init(of bytes: [UInt8], salt: [UInt8]) {
        self.init(hash: .sha256(domain: "hive/1/blob", salt, bytes), salt: salt, size: UInt64(bytes.count))
    }

    public func matches(_ bytes: [UInt8]) -> Bool {
        UInt64(bytes.count) == size && Digest.sha256(domain: "hive/1/blob", salt, bytes) == hash
    }

    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 3)
        encoder.encode(digest: hash)
        encoder.encode(bytes: salt)
        encoder.encode(unsigned: size)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 3)
        hash = try decoder.decodeDigest()
        salt = try decoder.decodeBytes()
        size = try decoder.decodeUnsigned()
        guard size <= Self.limit else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a blob has at most \(Self.limit) bytes")
        }
        guard salt.count == SaltedBody.saltLength else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a salt has 16 bytes")
        }
    }
}
