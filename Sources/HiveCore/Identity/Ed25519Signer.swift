import Crypto

/// A node's key pair (RFC 8032).
public struct Ed25519Signer: Signing {
    private let key: Curve25519.Signing.PrivateKey
    public let publicKey: PublicKey

    /// Takes up a stored key: the 32 bytes that RFC 8032 calls the private key. Throws for any other length.
    public init(privateKey bytes: [UInt8]) throws {
        self.init(try Curve25519.Signing.PrivateKey(rawRepresentation: bytes))
    }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        self.key = key
        guard let publicKey = PublicKey(bytes: key.publicKey.rawRepresentation) else {
            preconditionFailure("an Ed25519 public key has 32 bytes")
        }
        self.publicKey = publicKey
    }

    /// A new key from the system's random source.
    public static func generate() -> Ed25519Signer { Ed25519Signer(Curve25519.Signing.PrivateKey()) }

    /// 32 bytes; keep them secret.
    public var privateKeyBytes: [UInt8] { [UInt8](key.rawRepresentation) }

    public func sign(_ message: [UInt8]) throws -> Signature {
        guard let signature = Signature(bytes: [UInt8](try key.signature(for: message))) else {
            preconditionFailure("an Ed25519 signature has 64 bytes")
        }
        return signature
    }
}
