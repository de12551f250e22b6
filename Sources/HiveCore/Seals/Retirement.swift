/// A statement that nobody is to wait for a node any more, by itself or by a steward; or that it is back.
/// It takes no right away: what the node wrote counts, and so does what it brings when it comes back.
public struct Retirement: Sendable, Hashable {
    public let node: NodeID
    /// False where the node is back and is to be waited for again.
    public let isRetired: Bool

    public init(node: NodeID, isRetired: Bool = true) {
        self.node = node
        self.isRetired = isRetired
    }

    /// The document that all retirements of a node in a scope stand on.
    public static func document(for node: NodeID) -> DocumentID {
        DocumentID.derived(kind: DocumentKind.retirement.rawValue, key: node.digest.bytes, generation: 0)
    }

    /// CBOR `[node, retired]`.
    public var value: CBORValue {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        encoder.encode(digest: node.digest)
        encoder.encode(bool: isRetired)
        return .bytes(encoder.bytes)
    }

    /// Nil for a value that is no such statement.
    public init?(_ value: CBORValue) {
        guard case .bytes(let bytes) = value else { return nil }
        do {
            var decoder = CBORDecoder(bytes)
            try decoder.expectArray(count: 2)
            node = NodeID(try decoder.decodeDigest())
            isRetired = try decoder.decodeBool()
            try decoder.finish()
        } catch { return nil }
    }
}
