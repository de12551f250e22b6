/// How the log of a new life begins: it names the log of the life before, as far as this node knows it.
public struct Succession: Sendable, Hashable {
    public let predecessor: LogID
    public let size: UInt64
    public let root: Digest

    public init(predecessor: LogID, size: UInt64, root: Digest) {
        self.predecessor = predecessor
        self.size = size
        self.root = root
    }

    /// The document that a log's succession is stated on.
    public func document(for successor: LogID) -> DocumentID {
        DocumentID.derived(kind: DocumentKind.succession.rawValue, key: successor.digest.bytes, generation: 0)
    }

    /// CBOR `[predecessor, size, root]`.
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 3)
        encoder.encode(digest: predecessor.digest)
        encoder.encode(unsigned: size)
        encoder.encode(digest: root)
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 3)
        predecessor = LogID(try decoder.decodeDigest())
        size = try decoder.decodeUnsigned()
        root = try decoder.decodeDigest()
        try decoder.finish()
    }
}
