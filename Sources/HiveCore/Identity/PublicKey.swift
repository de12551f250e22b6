/// An Ed25519 public key. Keys compare as their bytes do.
public struct PublicKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let value: Digest

    /// Nil unless there are exactly 32 bytes. Whether they are a point of the curve shows when something is verified.
    public init?(bytes: some Collection<UInt8>) {
        guard let value = Digest(bytes: bytes) else { return nil }
        self.value = value
    }

    public var bytes: [UInt8] { value.bytes }

    /// `SHA-256("hive/1/node" ‖ 0 ‖ key)`: the node whose first key this is.
    public var nodeID: NodeID { NodeID(.sha256(domain: "hive/1/node", bytes)) }

    public static func < (left: PublicKey, right: PublicKey) -> Bool { left.value < right.value }

    /// 64 hexadecimal digits.
    public var description: String { value.hex }
}
