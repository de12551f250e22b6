/// A complete subtree of a log's tree. It never changes once its leaves are there, so its hash can be kept.
public struct MerkleSubtree: Sendable, Hashable {
    /// 0 for a single leaf; each level doubles the count of leaves.
    public let level: UInt8
    /// How many subtrees of this level lie to the left.
    public let index: UInt64

    public init(level: UInt8, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// The places of its leaves in the log, from 0.
    public var leaves: Range<UInt64> { index << UInt64(level)..<(index + 1) << UInt64(level) }
}
