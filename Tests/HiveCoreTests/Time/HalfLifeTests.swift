import Foundation
import HiveCore
import Testing

@Suite struct HalfLifeTests {
    @Test("After each half-life half is left")
    func halves() throws {
        let halfLife = try #require(HalfLife(milliseconds: 1000))
        #expect(halfLife.remainder(after: 0) == 1)
        #expect(halfLife.remainder(after: 1000) == 0.5)
        #expect(halfLife.remainder(after: 10_000) == 1.0 / 1024)
        #expect(halfLife.remainder(after: -5) == 1)
        #expect(halfLife.remainder(after: .max) == 0)
        #expect(HalfLife(milliseconds: 0) == nil && HalfLife(milliseconds: -1) == nil)
    }

    @Test("It never grows, from 1 down to 0, whatever the times in seconds")
    func monotony() throws {
        for seconds: Int64 in [1, 7, 86_400, .max] {
            let halfLife = try #require(HalfLife(seconds: seconds))
            let steps: [Int64] = [.min, -1, 0, 1, 2, 3, 50, 1000, 86_399, 86_400, 1 << 40, .max]
            let shares = steps.map(halfLife.share)
            #expect(shares == shares.sorted(by: >) && shares.allSatisfy { (0...1).contains($0) })
        }
        #expect(HalfLife(seconds: 1)?.share(after: .max) == 0)
        #expect(HalfLife.days(2).share(after: 4 * 86_400) == 0.25)
    }

    @Test("What takes no time, or less, is no half-life", arguments: [0, -1, Int64.min])
    func nothing(seconds: Int64) { #expect(HalfLife(seconds: seconds) == nil) }

    @Test("Between them it is the power of two, and never rises")
    func powers() throws {
        let halfLife = try #require(HalfLife(milliseconds: 3_600_000))
        var last = 1.0
        for elapsed in stride(from: Int64(0), to: 40_000_000, by: 12_345) {
            let left = halfLife.remainder(after: elapsed)
            #expect(abs(left - pow(0.5, Double(elapsed) / 3_600_000)) < 1e-15)
            #expect(left <= last)
            last = left
        }
    }
}
