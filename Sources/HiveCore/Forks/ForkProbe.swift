/// What a log looks like at one size, proven against a checkpoint: one step of the search for where two histories part.
public struct ForkProbe: Sendable, Hashable {
    public let checkpoint: Checkpoint
    public let size: UInt64
    /// The root of the first `size` operations.
    public let root: Digest
    /// Leads from that root to the checkpoint's; empty at 0 and at the end.
    public let consistency: [Digest]
    /// The operation behind; nil at the end.
    public let next: Next?

    /// A header, and what leads from it to the checkpoint's root.
    public struct Next: Sendable, Hashable {
        public let header: [UInt8]
        public let inclusion: [Digest]

        public init(header: [UInt8], inclusion: [Digest]) {
            self.header = header
            self.inclusion = inclusion
        }
    }

    public init(checkpoint: Checkpoint, size: UInt64, root: Digest, consistency: [Digest], next: Next?) {
        self.checkpoint = checkpoint
        self.size = size
        self.root = root
        self.consistency = consistency
        self.next = next
    }

    /// Whether all of it leads to the checkpoint. The signature is not looked at.
    public var isConsistent: Bool {
        guard size <= checkpoint.size, (next == nil) == (size == checkpoint.size) else { return false }
        if let next {
            let isIncluded = MerkleTree.verifyInclusion(
                of: Operation.leaf(of: next.header), at: size, size: checkpoint.size, proof: next.inclusion,
                root: checkpoint.root)
            guard isIncluded else { return false }
        }
        if size == 0 { return consistency.isEmpty && root == MerkleTree.emptyRoot }
        return MerkleTree.verifyConsistency(
            from: (size, root), to: (checkpoint.size, checkpoint.root), proof: consistency)
    }
}
