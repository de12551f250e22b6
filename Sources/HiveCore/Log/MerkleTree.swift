/// The tree of RFC 9162 §2.1 over SHA-256: hashes, roots, proofs.
public enum MerkleTree {
    /// `SHA-256(0 ‖ entry)`.
    public static func leafHash(_ entry: [UInt8]) -> Digest { .sha256([0] + entry) }

    /// `SHA-256(1 ‖ left ‖ right)`.
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(65)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return .sha256(bytes)
    }

    /// The root of a tree without leaves: `SHA-256("")`.
    public static let emptyRoot = Digest.sha256([])

    public static func root(of leaves: ArraySlice<Digest>) -> Digest {
        switch leaves.count {
        case 0: return emptyRoot
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return nodeHash(root(of: leaves[..<middle]), root(of: leaves[middle...]))
        }
    }

    /// The hashes that lead from the leaf at `index` to the root of a tree over these leaves.
    public static func inclusionProof(of index: Int, in leaves: ArraySlice<Digest>) -> [Digest] {
        precondition(leaves.indices.contains(leaves.startIndex + index), "the leaf is in the tree")
        guard leaves.count > 1 else { return [] }
        let size = split(leaves.count)
        let middle = leaves.startIndex + size
        return index < size
            ? inclusionProof(of: index, in: leaves[..<middle]) + [root(of: leaves[middle...])]
            : inclusionProof(of: index - size, in: leaves[middle...]) + [root(of: leaves[..<middle])]
    }

    /// Whether a proof leads from a leaf to a root (RFC 9162 §2.1.3.2).
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

    /// The hashes that show that the first `size` leaves are a prefix of these leaves.
    public static func consistencyProof(from size: Int, in leaves: ArraySlice<Digest>) -> [Digest] {
        precondition((1...leaves.count).contains(size), "the earlier tree is part of the later one")
        return subproof(size, leaves, isComplete: true)
    }

    /// Whether a proof shows one tree to be a prefix of another (RFC 9162 §2.1.4.2).
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

    private static func subproof(_ size: Int, _ leaves: ArraySlice<Digest>, isComplete: Bool) -> [Digest] {
        if size == leaves.count { return isComplete ? [] : [root(of: leaves)] }
        let left = split(leaves.count)
        let middle = leaves.startIndex + left
        return size <= left
            ? subproof(size, leaves[..<middle], isComplete: isComplete) + [root(of: leaves[middle...])]
            : subproof(size - left, leaves[middle...], isComplete: false) + [root(of: leaves[..<middle])]
    }

    /// The largest power of two below a count of at least two.
    private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
