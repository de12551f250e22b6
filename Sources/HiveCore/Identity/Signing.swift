/// Makes signatures with one key.
public protocol Signing: Sendable {
    /// Throws where the key cannot be reached.
    func sign(_ message: [UInt8]) throws -> Signature
}
