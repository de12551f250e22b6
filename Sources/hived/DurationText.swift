/// Durations as people write them: `90s`, `5m`, `24h`, `7d`.
enum DurationText {
    static let advice = "write it like 90s, 5m, 24h or 7d"

    /// Nil for a text that is no duration, or none at all where there must be some.
    static func seconds(_ text: String, orNone: Bool = false) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            count > 0 || orNone && count == 0
        else { return nil }
        let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit)
        return isTooLong ? nil : seconds
    }
}
