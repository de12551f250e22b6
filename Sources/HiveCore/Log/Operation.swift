/// One immutable change to one document, with the exact bytes that its author hashed.
public struct Operation: Sendable, Hashable {
    public let header: OperationHeader
    /// The author's bytes; stored and relayed unchanged.
    public let headerBytes: [UInt8]
    /// Nil once the body was erased.
    public let body: SaltedBody?

    public init(header: OperationHeader, headerBytes: [UInt8], body: SaltedBody?) {
        self.header = header
        self.headerBytes = headerBytes
        self.body = body
    }

    public var dot: Dot { header.dot }

    /// Whether the header commits to a body that is not here.
    public var lacksBody: Bool { body == nil && header.bodyForm == .plain }

    /// The leaf of the log's Merkle tree: `SHA-256(0 ‖ "hive/1/leaf" ‖ 0 ‖ header)`.
    public var leaf: Digest { Self.leaf(of: headerBytes) }

    public static func leaf(of headerBytes: [UInt8]) -> Digest {
        MerkleTree.leafHash(Array("hive/1/leaf".utf8) + [0] + headerBytes)
    }
}
