/// The state of a growing tree in O(log n) hashes: its size and the roots of its complete subtrees, largest first.
public struct MerkleFrontier: Sendable, Hashable {
    public private(set) var size: UInt64 = 0
    public private(set) var peaks: [Digest] = []

    public init() {}

    /// Nil where the count of peaks does not belong to the size.
    public init?(size: UInt64, peaks: [Digest]) {
        guard peaks.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.peaks = peaks
    }

    public mutating func append(leaf: Digest) {
        var hash = leaf
        for _ in 0..<size.trailingOnes { hash = MerkleTree.nodeHash(peaks.removeLast(), hash) }
        peaks.append(hash)
        size += 1
    }

    public var root: Digest {
        guard var hash = peaks.last else { return MerkleTree.emptyRoot }
        for peak in peaks.dropLast().reversed() { hash = MerkleTree.nodeHash(peak, hash) }
        return hash
    }
}

extension UInt64 {
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
