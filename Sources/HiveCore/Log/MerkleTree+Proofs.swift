/// Proofs, made in O(log n) reads of the hashes of complete subtrees. `hash` answers for a subtree that lies inside the
/// tree; what it throws is passed on.
extension MerkleTree {
    /// The root of the first `size` leaves.
    public static func root(
        ofFirst size: UInt64, hash: (MerkleSubtree) throws -> Digest
    ) rethrows -> Digest {
        try root(of: Span(start: 0, count: size), hash: hash)
    }

    /// The hashes that lead from the leaf at `index`, counted from 0, to the root of the first `size` leaves
    /// (RFC 9162 §2.1.3.1). Empty where there is no such leaf.
    public static func inclusionProof(
        of index: UInt64, size: UInt64, hash: (MerkleSubtree) throws -> Digest
    ) rethrows -> [Digest] {
        guard index < size else { return [] }
        var siblings: [Span] = []
        var span = Span(start: 0, count: size)
        while span.count > 1 {
            let (left, right) = span.halves
            let isLeft = index < right.start
            siblings.append(isLeft ? right : left)
            span = isLeft ? left : right
        }
        return try siblings.reversed().map { try root(of: $0, hash: hash) }
    }

    /// The hashes that show that the first `first` leaves are a prefix of the first `second` (RFC 9162 §2.1.4.1).
    /// Empty unless `0 < first < second`.
    public static func consistencyProof(
        from first: UInt64, to second: UInt64, hash: (MerkleSubtree) throws -> Digest
    ) rethrows -> [Digest] {
        guard first > 0, first < second else { return [] }
        var siblings: [Span] = []
        var span = Span(start: 0, count: second)
        while span.start + span.count != first {
            let (left, right) = span.halves
            let isLeft = first <= right.start
            siblings.append(isLeft ? right : left)
            span = isLeft ? left : right
        }
        // The verifier knows the earlier root, so it needs no hash of a span that is the earlier tree.
        if span.start > 0 { siblings.append(span) }
        return try siblings.reversed().map { try root(of: $0, hash: hash) }
    }

    /// The same over leaves that are all at hand; O(n).
    public static func inclusionProof(of index: Int, in leaves: ArraySlice<Digest>) -> [Digest] {
        inclusionProof(of: UInt64(index), size: UInt64(leaves.count)) { hash(of: $0, in: leaves) }
    }

    /// The same over leaves that are all at hand; O(n).
    public static func consistencyProof(from size: Int, in leaves: ArraySlice<Digest>) -> [Digest] {
        consistencyProof(from: UInt64(size), to: UInt64(leaves.count)) { hash(of: $0, in: leaves) }
    }

    private static func hash(of subtree: MerkleSubtree, in leaves: ArraySlice<Digest>) -> Digest {
        let range = subtree.leaves
        return root(of: leaves.dropFirst(Int(range.lowerBound)).prefix(range.count))
    }

    /// Hashes the complete subtrees that a span consists of together, from the right.
    private static func root(of span: Span, hash: (MerkleSubtree) throws -> Digest) rethrows -> Digest {
        var parts = span.subtrees
        guard let last = parts.popLast() else { return emptyRoot }
        var result = try hash(last)
        for part in parts.reversed() { result = nodeHash(try hash(part), result) }
        return result
    }

    /// Leaves that lie side by side below one node of the tree.
    private struct Span {
        let start: UInt64
        let count: UInt64

        /// The two children of a node above more than one leaf.
        var halves: (left: Span, right: Span) {
            let size = split(count)
            return (Span(start: start, count: size), Span(start: start + size, count: count - size))
        }

        /// The largest complete subtrees that cover the span, from left to right.
        var subtrees: [MerkleSubtree] {
            var parts: [MerkleSubtree] = []
            var place = start
            var rest = count
            while rest > 0 {
                let level = UInt64(63 - rest.leadingZeroBitCount)
                parts.append(MerkleSubtree(level: UInt8(level), index: place >> level))
                place += 1 << level
                rest -= 1 << level
            }
            return parts
        }
    }
}
