/// The tree of RFC 9162 §2.1 over SHA-256: hashes and roots.
public enum MerkleTree {
    /// The root of a tree without leaves: `SHA-256("")`.
    public static let emptyRoot = Digest.sha256([])

    /// `SHA-256(0 ‖ entry)`.
    public static func leafHash(_ entry: [UInt8]) -> Digest {
        var hasher = Digest.Hasher()
        hasher.update([0])
        hasher.update(entry)
        return hasher.finalize()
    }

    /// `SHA-256(1 ‖ left ‖ right)`.
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        let size = 1 + 2 * Digest.length
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            buffer[0] = 1
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0) }
            right.withBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[(1 + Digest.length)...]).copyMemory(from: $0)
            }
            return Digest.sha256(UnsafeRawBufferPointer(buffer))
        }
    }

    /// The definition: the left subtree is the largest complete one that leaves something for the right.
    public static func root(of leaves: ArraySlice<Digest>) -> Digest {
        switch leaves.count {
        case 0: return emptyRoot
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + Int(split(UInt64(leaves.count)))
            return nodeHash(root(of: leaves[..<middle]), root(of: leaves[middle...]))
        }
    }

    /// The largest power of two below a count of at least two.
    static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
