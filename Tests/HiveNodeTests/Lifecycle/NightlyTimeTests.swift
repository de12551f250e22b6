import HiveCore
import Testing

@testable import HiveNode

/// A time of day, before and after any moment.
@Suite struct NightlyTimeTests {
    @Test(
        "The last and the next time",
        arguments: [
            ("2026-11-21T02:59:59Z", "2026-11-20T03:00:00.000Z"), ("2026-11-21T03:00:00Z", "2026-11-21T03:00:00.000Z"),
            ("2026-11-21T23:59:59Z", "2026-11-21T03:00:00.000Z"), ("1969-12-31T12:00:00Z", "1969-12-31T03:00:00.000Z"),
        ])
    func last(now: String, expected: String) throws {
        let time = try #require(Timestamp(rfc3339: now))
        let nightly = try #require(NightlyTime("03:00"))
        let last = nightly.last(before: time)
        #expect(last.rfc3339 == expected)
        #expect(nightly.next(after: time) > time && nightly.next(after: time) == last.advanced(bySeconds: 86_400))
    }

    @Test(
        "Other texts are no time of day", arguments: ["", "3", "3:00", "24:00", "03:60", "03:00:00", "ab:cd", "-3:00"])
    func wrong(text: String) { #expect(NightlyTime(text) == nil) }

    @Test("It is written as it is read", arguments: ["00:00", "03:05", "23:59"])
    func written(text: String) { #expect(NightlyTime(text)?.description == text) }
}
