import HiveCore
import HiveTesting
import Testing

/// RFC 3339 by hand, at its edges.
@Suite struct TimestampTests {
    @Test(
        "Timestamp reads RFC 3339",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.001Z", 1),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2026-11-21T01:07:00.123Z", 1_795_223_220_123),
            // Examples of RFC 3339 §5.8.
            ("1985-04-12T23:20:50.52Z", 482_196_050_520),
            ("1996-12-19T16:39:57-08:00", 851_042_397_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000),
            ("1990-12-31T15:59:60-08:00", 662_688_000_000),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130),
            // Leap years.
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2024-02-29T12:00:00Z", 1_709_208_000_000),
            ("1600-02-29T00:00:00Z", -11_670_998_400_000),
            // Case, space, offsets, digits beyond the milliseconds.
            ("2026-11-21t01:07:00z", 1_795_223_220_000),
            ("2026-11-21 01:07:00Z", 1_795_223_220_000),
            ("2026-11-21T03:07:00+02:00", 1_795_223_220_000),
            ("2026-11-20T19:22:00-05:45", 1_795_223_220_000),
            ("2026-11-21T01:07:00-00:00", 1_795_223_220_000),
            ("2026-11-21T01:07:00.1Z", 1_795_223_220_100),
            ("2026-11-21T01:07:00.123999999999999999999999Z", 1_795_223_220_123),
            // The first and the last.
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            ("9999-12-31T23:59:59-23:59", 253_402_387_139_000),
        ] as [(String, Int64)])
    func reading(text: String, milliseconds: Int64) throws {
        #expect(try #require(Timestamp(rfc3339: text)).milliseconds == milliseconds)
    }

    @Test(
        "Timestamp refuses what is not RFC 3339",
        arguments: [
            "", "2026", "2026-11-21", "2026-11-21T01:07:00", "2026-11-21T01:07Z", "2026-11-21T01:07:00.Z",
            "2026-11-21T01:07:00,5Z", "2026-11-21T24:00:00Z", "2026-11-21T01:60:00Z", "2026-11-21T01:07:61Z",
            "2026-11-21T01:07:00+24:00", "2026-11-21T01:07:00+02:60", "2026-11-21T01:07:00+0200",
            "2026-11-21T01:07:00+02",
            "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "26-01-01T00:00:00Z",
            "02026-01-01T00:00:00Z", "-026-01-01T00:00:00Z", "2026-1-01T00:00:00Z", "2026-11-21T01:07:00Z ",
            " 2026-11-21T01:07:00Z", "2026-11-21T01:07:00ZZ", "2026-11-21T01:07:00.1é", "２026-11-21T01:07:00Z",
            "2026-11-21T1:07:00Z", "2026/11/21T01:07:00Z",
            // A leap second can only end a month in UTC.
            "2026-11-21T12:00:60Z", "2026-11-21T23:59:60Z", "1990-12-31T23:59:60-08:00",
        ])
    func refusing(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Timestamp writes milliseconds in UTC")
    func writing() {
        #expect(Timestamp(milliseconds: 0).rfc3339 == "1970-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: 1_795_223_220_123).rfc3339 == "2026-11-21T01:07:00.123Z")
        #expect(Timestamp(milliseconds: -62_167_219_200_000).rfc3339 == "0000-01-01T00:00:00.000Z")
    }

    @Test("Timestamp beyond what RFC 3339 can write is written as the nearest that it can")
    func beyond() {
        for milliseconds in [Int64.max, 253_402_300_800_000] {
            #expect(Timestamp(milliseconds: milliseconds).rfc3339 == "9999-12-31T23:59:59.999Z")
        }
        for milliseconds in [Int64.min, -62_167_219_200_001] {
            #expect(Timestamp(milliseconds: milliseconds).rfc3339 == "0000-01-01T00:00:00.000Z")
        }
    }

    @Test("Timestamp comes back from its text", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let range: ClosedRange<Int64> =
            seed < 100 ? -62_167_219_200_000...253_402_300_799_999 : 1_500_000_000_000...2_500_000_000_000
        for _ in 0..<20 {
            let time = Timestamp(milliseconds: .random(in: range, using: &random))
            #expect(Timestamp(rfc3339: time.rfc3339) == time, "seed \(seed)")
        }
    }

    @Test("Timestamp knows every day of 800 years in turn")
    func calendar() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var expected = try #require(Timestamp(rfc3339: "1600-01-01T00:00:00Z")).milliseconds
        for year in 1600..<2400 {
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            for month in 1...12 {
                for day in 1...(lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)) {
                    let parts = [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
                    let text = "\(year)-\(parts[0])-\(parts[1])T00:00:00.000Z"
                    let time = Timestamp(rfc3339: text)
                    if time?.milliseconds != expected || time?.rfc3339 != text { Issue.record("\(text)") }
                    expected += 86_400_000
                }
            }
        }
    }

    @Test("Timestamp moves by seconds and stops at the ends of time")
    func advancing() {
        let time = Timestamp(milliseconds: 500)
        #expect(time.advanced(bySeconds: 2).milliseconds == 2_500)
        #expect(time.advanced(bySeconds: -1).milliseconds == -500)
        #expect(time.advanced(bySeconds: .max).milliseconds == .max)
        #expect(time.advanced(bySeconds: .min).milliseconds == .min)
        #expect(Timestamp(milliseconds: .max).advanced(bySeconds: 1).milliseconds == .max)
        #expect(Timestamp(milliseconds: .min).advanced(bySeconds: -1).milliseconds == .min)
        #expect(time < time.advanced(bySeconds: 1))
    }
}
