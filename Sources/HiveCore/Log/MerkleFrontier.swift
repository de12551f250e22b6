/// The state of a growing tree in O(log n) hashes: its size and the roots of its complete subtrees, largest first.
public struct MerkleFrontier: Sendable, Hashable {
    /// How many leaves there are.
    public private(set) var size: UInt64 = 0
    /// One hash for every bit that is set in `size`.
    public private(set) var peaks: [Digest] = []

    public init() {}

    /// Nil where the count of peaks does not belong to the size.
    public init?(size: UInt64, peaks: [Digest]) {
        guard peaks.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.peaks = peaks
    }

    /// Adds a leaf at the end: one node hash on average.
    public mutating func append(leaf: Digest) {
        var hash = leaf
        for _ in 0..<(~size).trailingZeroBitCount { hash = MerkleTree.nodeHash(peaks.removeLast(), hash) }
        peaks.append(hash)
        size += 1
    }

    /// The root of the tree, as `MerkleTree.root(of:)` defines it.
    public var root: Digest {
        guard var hash = peaks.last else { return MerkleTree.emptyRoot }
        for peak in peaks.dropLast().reversed() { hash = MerkleTree.nodeHash(peak, hash) }
        return hash
    }
}

extension MerkleFrontier {
    /// CBOR `[size, peak, …]`.
    public func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 1 + peaks.count)
        encoder.encode(unsigned: size)
        for peak in peaks { encoder.encode(digest: peak) }
    }

    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        let start = decoder.offset
        let count = try decoder.beginArray()
        guard count > 0 else { throw decoder.error(.unexpectedValue, "a frontier begins with its size", at: start) }
        let size = try decoder.decodeUnsigned()
        var peaks: [Digest] = []
        for _ in 1..<count { peaks.append(try decoder.decodeDigest()) }
        guard let frontier = MerkleFrontier(size: size, peaks: peaks) else {
            throw decoder.error(.unexpectedValue, "a frontier has one hash for every bit set in its size", at: start)
        }
        self = frontier
    }
}
