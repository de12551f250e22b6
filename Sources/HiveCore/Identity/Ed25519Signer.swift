import Crypto

/// A node's key pair (RFC 8032).
public struct Ed25519Signer: Signing {
    private let key: Curve25519.Signing.PrivateKey
    public let publicKey: PublicKey

    /// Takes up a stored key: 32 bytes. Throws for anything else.
    public init(privateKey bytes: [UInt8]) throws {
        self.init(try Curve25519.Signing.PrivateKey(rawRepresentation: bytes))
    }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        self.key = key
        guard let publicKey = PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else {
            preconditionFailure("an Ed25519 public key has 32 bytes")
        }
        self.publicKey = publicKey
    }

    /// A new key from the system's random source.
    public static func generate() -> Ed25519Signer { Ed25519Signer(Curve25519.Signing.PrivateKey()) }

    /// 32 bytes; keep them secret.
    public var privateKeyBytes: [UInt8] { Array(key.rawRepresentation) }

    public func sign(_ message: [UInt8]) throws -> Signature {
        guard let signature = Signature(bytes: Array(try key.signature(for: message))) else {
            preconditionFailure("an Ed25519 signature has 64 bytes")
        }
        return signature
    }
}

/// Checks Ed25519 signatures.
public struct Ed25519Verifier: Verifying {
    public init() {}

    public func isValid(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        do {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
            return key.isValidSignature(signature.bytes, for: message)
        } catch { return false }
    }
}
