/// Checks signatures of any key.
public protocol Verifying: Sendable {
    /// False for everything that the key did not sign, bytes that are no key included.
    func isValid(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool
}
