import Crypto

/// Checks Ed25519 signatures (RFC 8032, pure Ed25519). One check costs about as much as a thousand hashes.
public struct Ed25519Verifier: Verifying {
    public init() {}

    public func isValid(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        do {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
            return key.isValidSignature(signature.bytes, for: message)
        } catch { return false }
    }
}
