import HiveCore
import HiveTesting
import Testing

/// The index is held to exact search over all vectors, as numbers.
@Suite struct VectorIndexTests {
    private static let dimensions = 96

    private static func address(_ number: Int) -> DocumentAddress {
        DocumentAddress(
            scope: ScopeID(.sha256([UInt8(number % 3)])),
            document: .derived(kind: 34, key: [UInt8(number >> 8), UInt8(number & 0xFF)], generation: 0))
    }

    /// A unit vector near one of twelve centres, as texts on the same subject are.
    private static func vector(_ random: inout SeededRandom) -> [Float] {
        var centre = SeededRandom(seed: UInt64(Int.random(in: 0..<12, using: &random)))
        let components = (0..<dimensions).map { _ in
            Float.random(in: -1...1, using: &centre) + Float.random(in: -1...1, using: &random)
        }
        let length = components.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return components.map { $0 / length }
    }

    private static func cosine(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test("Small sets are searched as well as exact search does", arguments: 0..<4)
    func agreesWithExactSearch(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var index = VectorIndex(dimensions: Self.dimensions)
        var admitted: [DocumentAddress: [Float]] = [:]
        for number in 0..<400 {
            let vector = Self.vector(&random)
            index.put(vector, for: Self.address(number))
            if number % 5 != Int(seed) { admitted[Self.address(number)] = vector }
        }
        let question = Self.vector(&random)
        let hits = index.search(question, limit: 20) { admitted[$0] != nil }
        let exact = admitted.values.map { Self.cosine(question, $0) }.sorted(by: >)
        #expect(hits.count == 20)
        for (hit, best) in zip(hits, exact) {
            let actual = admitted[hit.address].map { Self.cosine(question, $0) } ?? -1
            #expect(abs(actual - hit.cosine) < 0.01, "the cosine is off, or what is not admitted was found")
            #expect(actual > best - 0.02, "something closer was passed over")
            #expect(index.cosine(of: hit.address, to: question) == hit.cosine)
        }
    }

    @Test("What is found depends on the vectors and not on their history", arguments: 0..<4)
    func historyDoesNotMatter(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var index = VectorIndex(dimensions: Self.dimensions)
        var held: [Int: [Float]] = [:]
        let few = (0..<40).map { _ in Self.vector(&random) }
        for _ in 0..<1500 {
            let number = Int.random(in: 0..<1000, using: &random)
            if random.chance(30) {
                index.remove(Self.address(number))
                held[number] = nil
            } else {
                let vector = few[number % few.count]  // so that there are ties
                index.put(vector, for: Self.address(number))
                held[number] = vector
            }
        }
        var fresh = VectorIndex(dimensions: Self.dimensions)
        for (number, vector) in held.sorted(by: { $0.key > $1.key }) { fresh.put(vector, for: Self.address(number)) }
        #expect(index.count == held.count)
        for limit in [1, 10, 50] {
            let question = Self.vector(&random)
            let (left, right) = (index.search(question, limit: limit), fresh.search(question, limit: limit))
            #expect(left.map(\.address) == right.map(\.address))
            #expect(left.map(\.cosine) == right.map(\.cosine))
        }
    }

    @Test("Among thousands, nine of the ten closest are found")
    func recall() {
        var random = SeededRandom(seed: 1)
        let vectors = (0..<2500).map { _ in Self.vector(&random) }
        let addresses = vectors.indices.map(Self.address)
        var index = VectorIndex(dimensions: Self.dimensions)
        for (vector, address) in zip(vectors, addresses) { index.put(vector, for: address) }
        var found = 0
        for _ in 0..<8 {
            let question = Self.vector(&random)
            let hits = Set(index.search(question, limit: 10).map(\.address))
            let exact = vectors.enumerated().map { (Self.cosine(question, $0.element), $0.offset) }
                .sorted { $0.0 > $1.0 }
            found += exact.prefix(10).count { hits.contains(addresses[$0.1]) }
        }
        #expect(found >= 72, "\(found) of 80")
    }

    @Test("A rare document is found however many others are closer")
    func filtersComeFirst() {
        var random = SeededRandom(seed: 3)
        var index = VectorIndex(dimensions: Self.dimensions)
        let question = Self.vector(&random)
        for number in 0..<1000 { index.put(question, for: Self.address(number)) }
        let rare = Self.address(1000)
        index.put(question.map { -$0 }, for: rare)
        let hits = index.search(question, limit: 5) { $0 == rare }
        #expect(hits.map(\.address) == [rare])
        #expect(index.search(question, limit: 0).isEmpty)
    }

    @Test("Vectors without a direction and an empty index are no trouble")
    func oddVectors() {
        var index = VectorIndex(dimensions: 3)
        #expect(index.search([1, 0, 0], limit: 5).isEmpty)
        index.remove(Self.address(1))
        index.put([0, 0, 0], for: Self.address(1))
        index.put([0, 1, 0], for: Self.address(2))
        #expect(index.search([0, 1, 0], limit: 5).map(\.address) == [Self.address(2), Self.address(1)])
        index.removeAll()
        #expect(index.count == 0 && index.cosine(of: Self.address(2), to: [0, 1, 0]) == nil)
    }
}
