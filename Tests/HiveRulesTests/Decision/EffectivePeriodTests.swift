import HiveCEL
import HiveRules
import Testing

/// When rules hold.
@Suite struct EffectivePeriodTests {
    /// One hour ahead of UTC, two from March 29 to October 25 of 2026.
    private struct Berlin: TimeZoneProvider {
        func offset(ofZone name: String, at seconds: Int64) -> Int64? {
            guard name == "Europe/Berlin" else { return nil }
            return (1_774_746_000..<1_792_890_000).contains(seconds) ? 7200 : 3600
        }
    }

    private func holds(_ period: String, at time: String) throws -> Bool {
        let law = try Law.compile([Law.rule("r", "effect: warn, effective: {\(period)}")], zones: Berlin())
        let parsed = Timestamp(time)
        let moment = try #require(parsed)
        return !law.decide(try Law.input("{\"event\":\"commit\"}"), now: moment.seconds * 1000).matched.isEmpty
    }

    @Test(
        "Days and times are those of the zone",
        arguments: [
            ("from: 2026-07-01, zone: Europe/Berlin", "2026-06-30T21:59:59Z", false),
            ("from: 2026-07-01, zone: Europe/Berlin", "2026-06-30T22:00:00Z", true),
            ("until: 2026-12-01T12:00:00, zone: Europe/Berlin", "2026-12-01T10:59:59Z", true),
            ("until: 2026-12-01T12:00:00, zone: Europe/Berlin", "2026-12-01T11:00:00Z", false),
            ("until: 2026-12-01T12:00:00, zone: -05:00", "2026-12-01T16:59:59Z", true),
            ("from: 2026-12-01T12:00:00Z, zone: Europe/Berlin", "2026-12-01T12:00:00Z", true),
            ("hours: 09:00-17:00, days: mon-fri, zone: Europe/Berlin", "2026-07-03T07:00:00Z", true),
            ("hours: 09:00-17:00, days: mon-fri, zone: Europe/Berlin", "2026-07-03T06:59:00Z", false),
            ("hours: 09:00-17:00, days: mon-fri, zone: Europe/Berlin", "2026-07-04T10:00:00Z", false),
            ("hours: 22:00-06:00, days: [fri]", "2026-07-03T23:00:00Z", true),
            ("hours: 22:00-06:00, days: [fri]", "2026-07-04T05:59:00Z", true),
            ("hours: 22:00-06:00, days: [fri]", "2026-07-03T05:59:00Z", false),
            ("hours: 00:00-24:00, days: [sat-mon]", "2026-07-05T12:00:00Z", true),
            ("days: [sat-mon]", "1969-12-29T00:00:00Z", true),
            ("from: 2026-03-29T02:30:00, zone: Europe/Berlin", "2026-03-29T01:29:59Z", false),
            ("from: 2026-03-29T02:30:00, zone: Europe/Berlin", "2026-03-29T01:30:00Z", true),
        ] as [(String, String, Bool)])
    func periods(period: String, time: String, expected: Bool) throws {
        #expect(try holds(period, at: time) == expected)
    }
}
