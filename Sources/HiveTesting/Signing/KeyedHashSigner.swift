public import HiveCore

/// Signs with a hash that anyone can make: for simulations, where a hundred microseconds a signature would be most of
/// the time. Never for a real node.
public struct KeyedHashSigner: Signing {
    public let publicKey: PublicKey

    public init(publicKey: PublicKey) { self.publicKey = publicKey }

    public func sign(_ message: [UInt8]) throws -> Signature { Self.signature(of: message, by: publicKey) }

    static func signature(of message: [UInt8], by key: PublicKey) -> Signature {
        let first = Digest.sha256(domain: "hive/test/1", key.bytes, message)
        let second = Digest.sha256(domain: "hive/test/2", key.bytes, message)
        guard let signature = Signature(bytes: first.bytes + second.bytes) else {
            preconditionFailure("two hashes have the length of a signature")
        }
        return signature
    }
}
