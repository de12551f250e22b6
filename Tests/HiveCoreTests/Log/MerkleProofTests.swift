import HiveCore
import HiveTesting
import Testing

/// Proofs over trees of every small size: all true ones hold, no altered one does, and few hashes are read for them.
@Suite struct MerkleProofTests {
    private static let leaves = (0..<70).map { Digest.sha256([UInt8($0)]) }

    private func root(_ size: Int) -> Digest { MerkleTree.root(of: Self.leaves.prefix(size)) }

    /// Answers from the leaves and counts how often it was asked; refuses subtrees that reach beyond the tree.
    private struct Subtrees {
        let size: UInt64
        var reads = 0
        var isInside = true

        mutating func hash(_ subtree: MerkleSubtree) -> Digest {
            reads += 1
            isInside = isInside && subtree.leaves.upperBound <= size
            let leaves = MerkleProofTests.leaves
            return MerkleTree.root(of: leaves[Int(subtree.leaves.lowerBound)..<Int(subtree.leaves.upperBound)])
        }
    }

    private func logarithm(_ size: Int) -> Int { Int.bitWidth - size.leadingZeroBitCount }

    @Test("MerkleTree proves every leaf of every tree and nothing else", arguments: 1...70)
    func inclusion(size: Int) {
        let root = root(size)
        for index in 0..<size {
            var subtrees = Subtrees(size: UInt64(size))
            let proof = MerkleTree.inclusionProof(of: UInt64(index), size: UInt64(size)) { subtrees.hash($0) }
            #expect(subtrees.isInside && subtrees.reads <= 2 * logarithm(size))
            #expect(proof == MerkleTree.inclusionProof(of: index, in: Self.leaves.prefix(size)))
            func holds(_ leaf: Digest, _ index: Int, _ size: Int, _ proof: [Digest]) -> Bool {
                MerkleTree.verifyInclusion(of: leaf, at: UInt64(index), size: UInt64(size), proof: proof, root: root)
            }
            let leaf = Self.leaves[index]
            #expect(holds(leaf, index, size, proof))
            #expect(!holds(Self.leaves[(index + 1) % 70], index, size, proof))
            #expect(!holds(leaf, index + 1, size, proof))
            #expect(!holds(leaf, size + index, size, proof))
            #expect(!holds(leaf, index, size, proof + [leaf]))
            if size > 1 { #expect(!holds(leaf, index, size, Array(proof.dropLast()))) }
            for altered in alterations(of: proof) { #expect(!holds(leaf, index, size, altered)) }
        }
    }

    @Test("MerkleTree proves every prefix of every tree and nothing else", arguments: 1...70)
    func consistency(second: Int) {
        for first in 1...second {
            var subtrees = Subtrees(size: UInt64(second))
            let proof = MerkleTree.consistencyProof(from: UInt64(first), to: UInt64(second)) { subtrees.hash($0) }
            #expect(subtrees.isInside && subtrees.reads <= 2 * logarithm(second) + 1)
            #expect(proof == MerkleTree.consistencyProof(from: first, in: Self.leaves.prefix(second)))
            let (old, new) = (root(first), root(second))
            func holds(_ old: Digest, _ new: Digest, _ proof: [Digest]) -> Bool {
                MerkleTree.verifyConsistency(from: (UInt64(first), old), to: (UInt64(second), new), proof: proof)
            }
            #expect(holds(old, new, proof))
            #expect(!holds(.zero, new, proof))
            #expect(!holds(old, .zero, proof))
            #expect(!holds(old, new, proof + [old]))
            if first < second { #expect(!holds(old, new, Array(proof.dropLast()))) }
            for altered in alterations(of: proof) { #expect(!holds(old, new, altered)) }
        }
    }

    /// The proof with one bit flipped, each hash in turn.
    private func alterations(of proof: [Digest]) -> [[Digest]] {
        proof.indices.map { place in
            var bytes = proof[place].bytes
            bytes[place % 32] ^= 1 << UInt8(place % 8)
            var altered = proof
            altered[place] = Digest(bytes: bytes) ?? .zero
            return altered
        }
    }

    @Test("MerkleTree takes any flipped bit of a leaf, a root or a proof for what it is")
    func everyBit() throws {
        let size = 11
        let proof = MerkleTree.inclusionProof(of: 6, in: Self.leaves.prefix(size))
        for place in 0..<(proof.count + 2) {
            for bit in 0..<256 {
                var hashes = proof + [Self.leaves[6], root(size)]
                var bytes = hashes[place].bytes
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                hashes[place] = try #require(Digest(bytes: bytes))
                #expect(
                    !MerkleTree.verifyInclusion(
                        of: hashes[proof.count], at: 6, size: UInt64(size), proof: Array(hashes.prefix(proof.count)),
                        root: hashes[proof.count + 1]))
            }
        }
    }

    @Test("MerkleTree neither proves nor believes what cannot be")
    func impossible() {
        #expect(MerkleTree.inclusionProof(of: 5, size: 5) { _ in .zero }.isEmpty)
        #expect(MerkleTree.consistencyProof(from: 0, to: 5) { _ in .zero }.isEmpty)
        #expect(MerkleTree.consistencyProof(from: 6, to: 5) { _ in .zero }.isEmpty)
        #expect(!MerkleTree.verifyInclusion(of: .zero, at: 0, size: 0, proof: [], root: MerkleTree.emptyRoot))
        #expect(!MerkleTree.verifyConsistency(from: (0, MerkleTree.emptyRoot), to: (3, root(3)), proof: []))
        #expect(!MerkleTree.verifyConsistency(from: (3, root(3)), to: (2, root(2)), proof: []))
        #expect(!MerkleTree.verifyConsistency(from: (3, root(3)), to: (4, root(4)), proof: []))
        #expect(!MerkleTree.verifyConsistency(from: (4, root(4)), to: (8, root(8)), proof: []))
        // A node inside the tree is no leaf of it: the path to the root is too short.
        for size in 2...8 {
            #expect(
                !MerkleTree.verifyInclusion(of: root(size), at: 0, size: UInt64(size), proof: [], root: root(size)))
        }
        #expect(
            !MerkleTree.verifyInclusion(
                of: MerkleTree.nodeHash(Self.leaves[0], Self.leaves[1]), at: 0, size: 4,
                proof: [MerkleTree.nodeHash(Self.leaves[2], Self.leaves[3])], root: root(4)))
        let endless = [Digest](repeating: .zero, count: 200)
        #expect(!MerkleTree.verifyInclusion(of: .zero, at: .max - 1, size: .max, proof: endless, root: .zero))
        #expect(!MerkleTree.verifyConsistency(from: (.max - 1, .zero), to: (.max, .zero), proof: endless))
    }

    @Test("MerkleTree reaches the root from subtrees in few reads", arguments: 0...70)
    func roots(size: Int) {
        var subtrees = Subtrees(size: UInt64(size))
        #expect(MerkleTree.root(ofFirst: UInt64(size)) { subtrees.hash($0) } == root(size))
        #expect(subtrees.isInside && subtrees.reads == size.nonzeroBitCount)
    }
}
