/// A log: the hash of its descriptor.
public struct LogID: DigestIdentifier {
    public let digest: Digest
    public init(_ digest: Digest) { self.digest = digest }
}
