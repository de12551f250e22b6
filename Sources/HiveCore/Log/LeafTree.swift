/// The tree over leaves that are all at hand, with the hash of every complete subtree: O(n) once, then any proof in
/// O(log n).
public struct LeafTree: Sendable, Hashable {
    /// Complete subtrees by level, from left to right; level 0 holds the leaves.
    private let levels: [[Digest]]

    public init(_ leaves: [Digest]) {
        var levels = [leaves]
        while let below = levels.last, below.count > 1 {
            levels.append(
                (0..<below.count / 2).map { MerkleTree.nodeHash(below[2 * $0], below[2 * $0 + 1]) })
        }
        self.levels = levels
    }

    public var size: UInt64 { UInt64(levels[0].count) }

    /// The root of the first leaves; at most `size` of them.
    public func root(ofFirst count: UInt64) -> Digest { MerkleTree.root(ofFirst: count, hash: hash) }

    public func inclusion(of index: UInt64, size: UInt64) -> [Digest] {
        MerkleTree.inclusionProof(of: index, size: size, hash: hash)
    }

    public func consistency(from first: UInt64, to second: UInt64) -> [Digest] {
        MerkleTree.consistencyProof(from: first, to: second, hash: hash)
    }

    private func hash(_ subtree: MerkleSubtree) -> Digest { levels[Int(subtree.level)][Int(subtree.index)] }
}
