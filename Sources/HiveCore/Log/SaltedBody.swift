/// The content of an operation with the salt under which the header commits to it. Both are dropped together.
public struct SaltedBody: Sendable, Hashable {
    /// 16 random bytes, so that nobody can guess an erased body from its hash.
    public let salt: [UInt8]
    /// Deterministic CBOR, see `OperationBody`.
    public let bytes: [UInt8]

    public static let saltLength = 16

    public init(salt: [UInt8], bytes: [UInt8]) {
        self.salt = salt
        self.bytes = bytes
    }

    public init(bytes: [UInt8], using random: inout some RandomNumberGenerator) {
        salt = Incarnation(using: &random).bytes
        self.bytes = bytes
    }

    /// `SHA-256("hive/1/body" ‖ 0 ‖ salt ‖ body)`.
    public var hash: Digest { .sha256(domain: "hive/1/body", salt, bytes) }
}
