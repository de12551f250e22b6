/// 64 bytes that prove who wrote something.
public struct Signature: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Nil unless there are exactly 64 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 64 else { return nil }
        self.bytes = bytes
    }
}

/// Makes signatures with one key.
public protocol Signing: Sendable {
    func sign(_ message: [UInt8]) throws -> Signature
}

/// Checks signatures of any key.
public protocol Verifying: Sendable {
    func isValid(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool
}
