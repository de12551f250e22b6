import HiveCore
import Testing

/// Stamps as numbers of 48 and 16 bits.
@Suite struct StampTests {
    @Test("Stamp holds milliseconds and a counter and compares by both")
    func parts() {
        let stamp = Stamp(milliseconds: 1_700_000_000_123, counter: 7)
        #expect(stamp.milliseconds == 1_700_000_000_123)
        #expect(stamp.counter == 7)
        #expect(stamp.description == "1700000000123.7")
        #expect(Stamp(value: stamp.value) == stamp)
        #expect(stamp < Stamp(milliseconds: 1_700_000_000_123, counter: 8))
        #expect(Stamp(milliseconds: 1, counter: .max) < Stamp(milliseconds: 2))
    }

    @Test("Stamp is followed by the next one, a full counter carries, the last stays")
    func successor() {
        #expect(Stamp(milliseconds: 5, counter: 1).successor == Stamp(milliseconds: 5, counter: 2))
        #expect(Stamp(milliseconds: 5, counter: .max).successor == Stamp(milliseconds: 6))
        #expect(Stamp(value: .max).successor == Stamp(value: .max))
    }

    @Test("Stamp never wraps around to an early one")
    func limits() {
        let last = Stamp(milliseconds: Stamp.latestMilliseconds)
        #expect(last.milliseconds == Stamp.latestMilliseconds)
        #expect(Stamp(milliseconds: Stamp.latestMilliseconds + 1) == last)
        #expect(Stamp(milliseconds: .max, counter: .max) == Stamp(value: .max))
    }
}
