import HiveCore
import Testing

@Suite struct HalfLifeTests {
    @Test("Half is left after each half-life")
    func halves() throws {
        let halfLife = try #require(HalfLife(seconds: 1000))
        #expect([0, 1000, 2000, 10_000].map(halfLife.share) == [1, 0.5, 0.25, 1.0 / 1024])
        #expect(abs(halfLife.share(after: 500) - 0.5.squareRoot()) < 1e-11)
        #expect(abs(halfLife.share(after: 250) - 0.5.squareRoot().squareRoot()) < 1e-11)
    }

    @Test("It never grows, from 1 down to 0, whatever the times")
    func monotony() throws {
        for seconds: Int64 in [1, 7, 86_400, .max] {
            let halfLife = try #require(HalfLife(seconds: seconds))
            let steps: [Int64] = [.min, -1, 0, 1, 2, 3, 50, 1000, 86_399, 86_400, 1 << 40, .max]
            let shares = steps.map(halfLife.share)
            #expect(shares == shares.sorted(by: >) && shares.allSatisfy { (0...1).contains($0) })
        }
        #expect(HalfLife(seconds: 1)?.share(after: .max) == 0)
    }

    @Test("What takes no time, or less, is no half-life", arguments: [0, -1, Int64.min])
    func nothing(seconds: Int64) { #expect(HalfLife(seconds: seconds) == nil) }
}
