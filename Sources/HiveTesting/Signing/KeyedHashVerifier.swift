public import HiveCore

/// Checks what `KeyedHashSigner` signs. Anyone can make such signatures: for simulations only.
public struct KeyedHashVerifier: Verifying {
    public init() {}

    public func isValid(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        signature == KeyedHashSigner.signature(of: message, by: key)
    }
}
