/// Keeps the keys that data keys are wrapped with. A store seals its values with data keys of its own and keeps those
/// wrapped only: without the provider's key nothing of it can be read.
///
/// Every failure is a `KeyError`; none names a key or a token.
public protocol KeyProvider: Sendable {
    /// Where the keys are, for people. Never a key itself.
    var place: String { get }
    /// The identity of the key that is to be used from now on.
    func currentKey() async throws -> String
    /// Wraps a data key under the current key.
    func wrap(_ key: SealingKey) async throws -> WrappedKey
    /// Gives a data key back. Throws `refused` where the bytes were not wrapped by the key that they name, `missing`
    /// where the provider no longer has that key.
    func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey
}

/// A data key as it may be kept on disk.
public struct WrappedKey: Sendable, Hashable {
    /// The identity of the key that it is wrapped with.
    public let keyID: String
    public let bytes: [UInt8]

    public init(keyID: String, bytes: [UInt8]) {
        self.keyID = keyID
        self.bytes = bytes
    }
}
