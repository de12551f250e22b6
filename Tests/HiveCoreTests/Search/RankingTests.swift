import HiveTesting
import Testing

@testable import HiveCore

@Suite struct RankingTests {
    static func address(_ number: Int) -> DocumentAddress {
        let digest = Digest.sha256(Array("\(number)".utf8))
        return DocumentAddress(scope: ScopeID(.zero), document: .derived(kind: 34, key: digest.bytes, generation: 0))
    }

    static func hit(_ number: Int, _ score: Double) -> ScoreFusion.Hit {
        var hit = ScoreFusion.Hit(address: address(number), words: score, meaning: nil)
        hit.score = score
        return hit
    }

    static func qualities(_ random: inout SeededRandom) -> Ranking.Qualities {
        func any() -> Double { random.chance(20) ? (random.chance(50) ? 0 : 1) : .random(in: 0...1, using: &random) }
        return Ranking.Qualities(recency: any(), confidence: any(), trust: any())
    }

    @Test("Among equals the fresh, the sure and the trusted come first; switched off, nothing moves")
    func order() {
        let hits = [Self.hit(0, 0.5), Self.hit(1, 0.5), Self.hit(2, 0.49)]
        let known: [DocumentAddress: Ranking.Qualities] = [
            Self.address(0): .init(confidence: 0.2), Self.address(1): .init(trust: 0.9), Self.address(2): .init(),
        ]
        let ranked = Ranking().best(3, of: hits) { known[$0.address] }
        #expect(ranked.map(\.fused.address) == [1, 2, 0].map(Self.address))
        #expect(ranked.allSatisfy { abs($0.score - $0.fused.score * $0.factor) < 1e-12 })
        let unmoved = Ranking.off.best(3, of: hits) { known[$0.address] }
        #expect(unmoved.map(\.fused) == hits && unmoved.allSatisfy { $0.factor == 1 && $0.qualities == nil })
        #expect(Ranking().best(3, of: hits) { $0.address == Self.address(1) ? nil : .init() }.count == 2)
        #expect(Ranking().best(0, of: hits) { _ in .init() }.isEmpty)
    }

    @Test("No qualities bury a hit below one whose own score is less than the floor of its score")
    func bound() {
        var random = SeededRandom(seed: 6)
        for _ in 0..<500 {
            func weight() -> Double { .random(in: -1...2, using: &random) }
            let ranking = Ranking(recency: weight(), confidence: weight(), trust: weight())
            #expect(ranking.floor > 0.5)
            let hits = (0..<40).map { Self.hit($0, .random(in: 0...1, using: &random)) }.sorted { $0.score > $1.score }
            let known = Dictionary(uniqueKeysWithValues: hits.map { ($0.address, Self.qualities(&random)) })
            let ranked = ranking.best(40, of: hits) { known[$0.address] }
            for (place, hit) in ranked.enumerated() {
                #expect((ranking.floor - 1e-12...1).contains(hit.factor))
                for later in ranked[place...] { #expect(hit.fused.score >= later.fused.score * ranking.floor - 1e-12) }
            }
        }
    }

    @Test("The best few are the beginning of the best many, and hits that cannot be among them are not looked at")
    func laziness() {
        var random = SeededRandom(seed: 66)
        for _ in 0..<200 {
            let hits = (0..<60).map { Self.hit($0, Double(Int.random(in: 0...20, using: &random)) / 20) }
                .sorted { $0.score > $1.score }
            let known = Dictionary(uniqueKeysWithValues: hits.map { ($0.address, Self.qualities(&random)) })
            let all = Ranking().best(60, of: hits) { known[$0.address] }
            for count in [1, 5, 30] {
                var asked = 0
                let few = Ranking().best(count, of: hits) { hit in
                    asked += 1
                    return known[hit.address]
                }
                #expect(few == Array(all.prefix(count)) && asked <= 60)
            }
        }
        var asked = 0
        let falling = (0..<100).map { Self.hit($0, 1 / Double($0 + 1)) }
        _ = Ranking().best(3, of: falling) { _ in
            asked += 1
            return .init()
        }
        #expect(asked == 3)
    }
}

@Suite struct ResultPagesTests {
    /// A search whose lists change their order as they grow: what is good by both measures comes late.
    private struct World {
        let ranking = Ranking()
        let words: [SearchHit]
        let meaning: [(address: DocumentAddress, cosine: Float)]
        let qualities: [DocumentAddress: Ranking.Qualities]

        init(size: Int, random: inout SeededRandom) {
            let addresses = (0..<size).map(RankingTests.address)
            words = addresses.shuffled(using: &random).enumerated().map {
                SearchHit(address: $1, score: 10 * (1 - Double($0) / Double(size)))
            }
            meaning = addresses.shuffled(using: &random).enumerated().map {
                (address: $1, cosine: 1 - Float($0) / Float(size))
            }
            var known: [DocumentAddress: Ranking.Qualities] = [:]
            // One in ten has gone since its vector was made.
            for address in addresses where !random.chance(10) { known[address] = RankingTests.qualities(&random) }
            qualities = known
        }

        func page(from offset: Int, limit: Int) -> [Ranking.Hit] {
            let cosines = Dictionary(uniqueKeysWithValues: meaning.map { ($0.address, $0.cosine) })
            return ResultPages.hits(from: offset, limit: limit) { pool, count in
                let near = Array(meaning.prefix(pool))
                let fused = ScoreFusion.hits(
                    words: Array(words.prefix(pool)), ceiling: 10, meaning: near, cosine: { cosines[$0] })
                let hits = ranking.best(count, of: fused) { qualities[$0.address] }
                return ResultPages.Stretch(hits: hits, isWhole: words.count < pool && near.count < pool)
            }
        }
    }

    @Test("Pages follow one another without a gap or a repetition, whatever their sizes", arguments: 0..<12)
    func pages(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let size = [0, 1, 99, 100, 101, 150, 399, 400, 401, 700, 1700, 2500][Int(seed)]
        let world = World(size: size, random: &random)
        let all = world.page(from: 0, limit: size + 1)
        #expect(all.count == world.qualities.count && Set(all.map(\.fused.address)).count == all.count)
        var offset = 0
        while offset < all.count {
            let limit = [1, 10, 33, 100, 500].randomElement(using: &random) ?? 1
            #expect(world.page(from: offset, limit: limit) == Array(all.dropFirst(offset).prefix(limit)))
            offset += limit
        }
        #expect(world.page(from: all.count, limit: 10).isEmpty && world.page(from: .max, limit: 10).isEmpty)
        #expect(world.page(from: -1, limit: 10).isEmpty && world.page(from: 0, limit: 0).isEmpty)
    }
}
