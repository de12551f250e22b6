/// 64 bytes that prove who wrote something.
public struct Signature: Hashable, Sendable {
    public let bytes: [UInt8]

    /// How many bytes a signature has.
    public static let length = 64

    /// Nil unless there are exactly 64 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }
}
