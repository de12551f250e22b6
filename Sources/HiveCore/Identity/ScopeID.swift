/// A scope: the hash of its founding.
public struct ScopeID: DigestIdentifier {
    public let digest: Digest
    public init(_ digest: Digest) { self.digest = digest }
}
