/// A node: the hash of its first public key.
public struct NodeID: DigestIdentifier {
    public let digest: Digest
    public init(_ digest: Digest) { self.digest = digest }
}
