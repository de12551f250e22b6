import HiveCore
import Testing

/// A frontier stands for all the leaves that went into it.
@Suite struct MerkleFrontierTests {
    private static let leaves = (0..<300).map { Digest.sha256([UInt8($0 / 256), UInt8($0 % 256)]) }

    @Test("MerkleFrontier has the root of the tree at every size up to 300, and comes back from its parts and bytes")
    func roots() throws {
        var frontier = MerkleFrontier()
        for size in 0...300 {
            #expect(frontier.size == UInt64(size))
            #expect(frontier.peaks.count == size.nonzeroBitCount)
            #expect(frontier.root == MerkleTree.root(of: Self.leaves.prefix(size)))
            #expect(MerkleFrontier(size: frontier.size, peaks: frontier.peaks) == frontier)
            var encoder = CBOREncoder()
            frontier.encode(into: &encoder)
            var decoder = CBORDecoder(encoder.bytes)
            #expect(try MerkleFrontier(from: &decoder) == frontier)
            try decoder.finish()
            if size < 300 { frontier.append(leaf: Self.leaves[size]) }
        }
    }

    @Test("MerkleFrontier goes on from where it was taken up")
    func resumed() throws {
        var whole = MerkleFrontier()
        for leaf in Self.leaves { whole.append(leaf: leaf) }
        for size in [0, 1, 7, 8, 127, 128, 255, 299] {
            var first = MerkleFrontier()
            for leaf in Self.leaves.prefix(size) { first.append(leaf: leaf) }
            var second = try #require(MerkleFrontier(size: first.size, peaks: first.peaks))
            for leaf in Self.leaves.dropFirst(size) { second.append(leaf: leaf) }
            #expect(second == whole)
        }
    }

    @Test("MerkleFrontier refuses peaks that do not belong to its size")
    func mismatch() {
        #expect(MerkleFrontier(size: 0, peaks: [.zero]) == nil)
        #expect(MerkleFrontier(size: 3, peaks: [.zero]) == nil)
        #expect(MerkleFrontier(size: 4, peaks: [.zero, .zero]) == nil)
        for bytes in [
            [0x80], [0x81, 0x01], [0x81, 0x61, 0x61], [0x82, 0x01, 0x41, 0x00], [0x82, 0x00] + [0x58, 0x20],
        ] {
            #expect(throws: CBORError.self) {
                var decoder = CBORDecoder(bytes.map { UInt8($0) })
                _ = try MerkleFrontier(from: &decoder)
            }
        }
    }
}
