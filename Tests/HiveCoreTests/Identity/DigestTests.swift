import HiveCore
import HiveTesting
import Testing

/// Hashes as bytes, as words and as text.
@Suite struct DigestTests {
    @Test(
        "Digest is SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(text: String, hex: String) {
        #expect(Digest.sha256(Array(text.utf8)).hex == hex)
        var hasher = Digest.Hasher()
        for byte in text.utf8 { hasher.update([byte]) }
        #expect(hasher.finalize().description == hex)
    }

    @Test("Digest of a domain is the hash of the domain, a zero and the parts")
    func domain() {
        let joined = Array("hive/1/node".utf8) + [0, 1, 2, 3]
        #expect(Digest.sha256(domain: "hive/1/node", [1], [2, 3]) == .sha256(joined))
        var hasher = Digest.Hasher(domain: "hive/1/node")
        hasher.update([9, 1, 2, 3][1...])
        #expect(hasher.finalize() == .sha256(joined))
        let inner = Digest.sha256([7])
        hasher.update(inner)
        #expect(hasher.finalize() == .sha256(joined + inner.bytes))
    }

    @Test("Digest keeps its bytes and compares as they do", arguments: 0..<50 as Range<UInt64>)
    func order(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let left = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        var right = left
        right[Int.random(in: 0..<32, using: &random)] = UInt8.random(in: 0...255, using: &random)
        let (one, two) = try (#require(Digest(bytes: left)), #require(Digest(bytes: right)))
        #expect(one.bytes == left)
        #expect(one.withBytes { [UInt8]($0) } == left)
        #expect((one == two) == (left == right), "seed \(seed)")
        #expect((one < two) == left.lexicographicallyPrecedes(right), "seed \(seed)")
        #expect((two < one) == right.lexicographicallyPrecedes(left), "seed \(seed)")
        #expect(Digest(hex: one.hex) == one)
        #expect(Digest(bytes: ([0] + left)[1...]) == one)
        #expect(Digest(bytes: AnyCollection(left)) == one)
        var output: [UInt8] = [1]
        one.append(to: &output)
        #expect(output == [1] + left)
    }

    @Test("Digest is made of 32 bytes or 64 digits and of nothing else")
    func lengths() {
        #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
        #expect(Digest(bytes: [UInt8](repeating: 0, count: 32)) == .zero)
        #expect(Digest(hex: String(repeating: "0", count: 64)) == .zero)
        #expect(Digest(hex: String(repeating: "0", count: 62)) == nil)
        #expect(Digest(hex: String(repeating: "g", count: 64)) == nil)
        #expect(Digest(hex: String(repeating: "0", count: 63)) == nil)
    }

    @Test("Identities keep their digest, their order and their short name")
    func identities() throws {
        let (one, two) = (Digest.sha256([1]), Digest.sha256([2]))
        #expect(NodeID(one).digest == one)
        #expect((NodeID(one) < NodeID(two)) == (one < two))
        #expect(LogID(hex: one.hex) == LogID(one))
        #expect(ScopeID(hex: "12") == nil)
        #expect(HiveID(one).description == one.hex)
        #expect(HiveID(one).short == String(one.hex.prefix(8)))
    }
}
