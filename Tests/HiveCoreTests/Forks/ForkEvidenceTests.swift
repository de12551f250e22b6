import HiveCore
import HiveTesting
import Testing

/// Proofs of forks: found wherever histories part, believed only where they are whole.
@Suite struct ForkEvidenceTests {
    @Test(
        "A search finds the last size in common, however long both histories are",
        arguments: [
            (0, 1, 1), (0, 3, 1), (1, 1, 1), (3, 1, 9), (7, 2, 2), (8, 1, 1), (13, 20, 3), (2, 1, 40),
        ])
    func finds(shared: Int, one: Int, two: Int) throws {
        var world = try ForkWorld(shared: shared)
        var twin = world.owner.copy(seed: 9)
        for number in 0..<one { try world.owner.commit([world.fresh("one \(number)", &world.owner)]) }
        for number in 0..<two { try twin.commit([world.fresh("two \(number)", &twin)]) }
        let evidence = try world.evidence(world.log, between: &world.owner, and: &twin)
        #expect(evidence.size == UInt64(shared))
        #expect(evidence.isValid(verifier: KeyedHashVerifier()))
        #expect(try ForkEvidence(decoding: evidence.encoded()) == evidence)
        let mirrored = try world.evidence(world.log, between: &twin, and: &world.owner)
        #expect(mirrored == evidence)
        #expect(mirrored.document == evidence.document)
    }

    @Test("One history that is the beginning of the other is no fork")
    func agrees() throws {
        var world = try ForkWorld(shared: 4)
        try world.owner.commit([world.fresh("later", &world.owner)])
        var owner = world.owner
        var other = world.other
        #expect(try world.search(world.log, on: &other, with: &owner) == .agrees)
        #expect(try world.search(world.log, on: &owner, with: &other) == .agrees)
    }

    @Test("Evidence with one bit changed, or signed by somebody else, proves nothing")
    func refused() throws {
        var world = try ForkWorld(shared: 3)
        var twin = world.owner.copy(seed: 9)
        try world.owner.commit([world.fresh("one", &world.owner)])
        try twin.commit([world.fresh("two", &twin)])
        let evidence = try world.evidence(world.log, between: &world.owner, and: &twin)
        let bytes = evidence.encoded()
        var believed = 0
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= 1
            guard let evidence = ForkEvidence(.bytes(altered)) else { continue }
            if evidence.isValid(verifier: KeyedHashVerifier()) { believed += 1 }
        }
        #expect(believed == 0)
        let same = ForkEvidence(
            descriptor: evidence.descriptor, size: evidence.size, root: evidence.root,
            branches: (evidence.branches[0], evidence.branches[0]))
        #expect(!same.isValid(verifier: KeyedHashVerifier()))
    }
}
