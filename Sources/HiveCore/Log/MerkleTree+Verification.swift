/// Checks of proofs that somebody else made. Any array of hashes may be given; none of them traps.
extension MerkleTree {
    /// Whether a proof leads from a leaf, at a place counted from 0, to the root of a tree of this size
    /// (RFC 9162 §2.1.3.2).
    public static func verifyInclusion(
        of leaf: Digest, at index: UInt64, size: UInt64, proof: [Digest], root: Digest
    ) -> Bool {
        guard index < size else { return false }
        var place = index
        var last = size - 1
        var hash = leaf
        for sibling in proof {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = nodeHash(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether a proof shows one tree to be a prefix of another (RFC 9162 §2.1.4.2). An empty tree proves nothing: false.
    public static func verifyConsistency(
        from first: (size: UInt64, root: Digest), to second: (size: UInt64, root: Digest), proof: [Digest]
    ) -> Bool {
        guard first.size > 0, first.size <= second.size else { return false }
        if first.size == second.size { return proof.isEmpty && first.root == second.root }
        let isPowerOfTwo = first.size & (first.size - 1) == 0
        let path = (isPowerOfTwo ? [first.root] : []) + proof
        guard var old = path.first else { return false }
        var new = old
        var place = first.size - 1
        var last = second.size - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        for sibling in path.dropFirst() {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                old = nodeHash(sibling, old)
                new = nodeHash(sibling, new)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                new = nodeHash(new, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && old == first.root && new == second.root
    }
}
