import HiveCore
import HiveTesting
import Testing

/// What a clock promises, whatever it hears and however its time jumps.
@Suite struct HybridLogicalClockTests {
    private static let noon = Timestamp(milliseconds: 1_800_000_000_000)

    @Test(
        "HybridLogicalClock gives stamps above the time, the floor and its latest", arguments: 0..<100 as Range<UInt64>)
    func ticks(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var clock = HybridLogicalClock()
        var now = Self.noon.milliseconds
        var highest = now
        for step in 0..<300 {
            now += Int64.random(in: -5_000...5_000, using: &random)
            highest = max(highest, now)
            let time = Timestamp(milliseconds: now)
            let ahead = Int64.random(in: -100_000...(random.chance(20) ? 10_000_000 : 60_000), using: &random)
            let heard = Stamp(milliseconds: UInt64(now + ahead), counter: .random(in: 0 ... .max, using: &random))
            let before = clock.latest
            if random.chance(40) {
                #expect(clock.observe(heard, now: time) == (ahead <= 60_000), "seed \(seed), step \(step)")
                #expect(clock.latest == (ahead <= 60_000 ? max(before, heard) : before), "seed \(seed), step \(step)")
            } else {
                let stamp = clock.tick(now: time, after: heard)
                #expect(stamp > before && stamp > heard, "seed \(seed), step \(step)")
                #expect(stamp.milliseconds >= UInt64(now), "seed \(seed), step \(step)")
                #expect(clock.latest > before && clock.latest <= stamp, "seed \(seed), step \(step)")
            }
            #expect(clock.latest.milliseconds <= UInt64(highest) + 60_001, "seed \(seed), step \(step)")
        }
    }

    @Test("HybridLogicalClock exceeds a far-future floor without following it")
    func farFuture() {
        var clock = HybridLogicalClock()
        let far = Stamp(milliseconds: UInt64(Self.noon.milliseconds) + 3_600_000)
        #expect(clock.tick(now: Self.noon, after: far) == far.successor)
        let next = clock.tick(now: Self.noon, after: Stamp(value: 0))
        #expect(next.milliseconds == UInt64(Self.noon.milliseconds))
        #expect(clock.observe(far, now: Self.noon) == false)
        #expect(clock.latest == next)
    }

    @Test("HybridLogicalClock counts while its time stands still or falls back")
    func standstill() {
        var clock = HybridLogicalClock()
        let first = clock.tick(now: Self.noon, after: Stamp(value: 0))
        #expect(first == Stamp(milliseconds: UInt64(Self.noon.milliseconds)))
        #expect(clock.tick(now: Self.noon, after: Stamp(value: 0)) == first.successor)
        let earlier = Timestamp(milliseconds: Self.noon.milliseconds - 86_400_000)
        #expect(clock.tick(now: earlier, after: Stamp(value: 0)) == first.successor.successor)
    }

    @Test("HybridLogicalClock exceeds a floor that is the very stamp it would have given")
    func floorInTheWay() {
        var clock = HybridLogicalClock()
        let present = Stamp(milliseconds: UInt64(Self.noon.milliseconds))
        #expect(clock.tick(now: Self.noon, after: present) == present.successor)
        let next = present.successor.successor
        #expect(clock.tick(now: Self.noon, after: next) == next.successor)
        #expect(clock.latest == next.successor)
    }

    @Test("HybridLogicalClock believes stamps up to its limit and no further")
    func limit() {
        var clock = HybridLogicalClock(maximumAhead: 10)
        let now = UInt64(Self.noon.milliseconds)
        #expect(clock.observe(Stamp(milliseconds: now + 10, counter: .max), now: Self.noon) == true)
        #expect(clock.observe(Stamp(milliseconds: now + 11), now: Self.noon) == false)
        #expect(clock.latest == Stamp(milliseconds: now + 10, counter: .max))
    }

    @Test("HybridLogicalClock does not trap on times before 1970, at the ends of time or without a limit")
    func extremes() {
        var clock = HybridLogicalClock(maximumAhead: .max)
        #expect(clock.observe(Stamp(value: .max), now: Timestamp(milliseconds: .max)) == true)
        #expect(clock.tick(now: Timestamp(milliseconds: .min), after: Stamp(value: .max)) == Stamp(value: .max))
        var fresh = HybridLogicalClock()
        #expect(fresh.tick(now: Timestamp(milliseconds: -5), after: Stamp(value: 0)) > Stamp(value: 0))
    }
}
