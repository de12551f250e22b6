/// A hive: the hash of its founding.
public struct HiveID: DigestIdentifier {
    public let digest: Digest
    public init(_ digest: Digest) { self.digest = digest }
}
