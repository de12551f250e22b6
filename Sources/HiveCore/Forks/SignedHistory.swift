/// A log's operations up to a checkpoint, as hashes: what proofs about it are made from.
public struct SignedHistory: Sendable, Hashable {
    public let descriptor: LogDescriptor
    public let checkpoint: Checkpoint
    public let tree: LeafTree
    /// Where the end of it lies behind a freeze.
    let branch: LogBranch?

    /// How far the history goes.
    public var size: UInt64 { checkpoint.size }

    /// The proof that the first operations of this history have the root that they have. A greater number stands for
    /// the end.
    func probe(at number: UInt64, header: [UInt8]?) -> ForkProbe {
        let place = min(number, size)
        let next = header.map { ForkProbe.Next(header: $0, inclusion: tree.inclusion(of: place, size: size)) }
        return ForkProbe(
            checkpoint: checkpoint, size: place, root: tree.root(ofFirst: place),
            consistency: tree.consistency(from: place, to: size), next: next)
    }
}
