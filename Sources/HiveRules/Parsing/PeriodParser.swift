import HiveCEL
import HiveCore

/// Reads `effective`.
enum PeriodParser {
    static func period(_ reader: inout YAMLReader) throws(RuleError) -> EffectivePeriod {
        var period = EffectivePeriod()
        period.from = try moment(&reader, "from")
        period.until = try moment(&reader, "until")
        period.zone = try reader.text("zone") ?? "UTC"
        period.days = try days(&reader)
        if let text = try reader.text("hours") {
            guard let hours = hours(text) else {
                throw RuleError("`\(text)` are no hours", at: reader.location(of: "hours"), hint: "write 09:00-17:30")
            }
            period.hours = hours
        }
        try reader.finish()
        return period
    }

    /// A time with or without an offset, or a day.
    static func moment(_ reader: inout YAMLReader, _ key: String) throws(RuleError) -> EffectivePeriod.Moment? {
        guard let text = try reader.text(key) else { return nil }
        if let time = HiveCore.Timestamp(rfc3339: text) {
            return EffectivePeriod.Moment(milliseconds: time.milliseconds, isLocal: false)
        }
        let local = text.count == 10 ? text + "T00:00:00Z" : text + "Z"
        guard let time = HiveCore.Timestamp(rfc3339: local) else {
            throw RuleError(
                "`\(text)` is no time", at: reader.location(of: key),
                hint: "write 2026-11-21, 2026-11-21T08:00:00 or 2026-11-21T08:00:00Z")
        }
        return EffectivePeriod.Moment(milliseconds: time.milliseconds, isLocal: true)
    }

    /// Names of days, and ranges of them such as `mon-fri`.
    private static func days(_ reader: inout YAMLReader) throws(RuleError) -> [Int] {
        var days: Set<Int> = []
        for text in try reader.texts("days") {
            let ends = text.split(separator: "-").map { EffectivePeriod.dayNames.firstIndex(of: String($0)) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                throw RuleError(
                    "`\(text)` is no day", at: reader.location(of: "days"),
                    hint: "write mon, or a range such as mon-fri")
            }
            var day = first
            days.insert(day)
            while day != last {
                day = (day + 1) % 7
                days.insert(day)
            }
        }
        return days.sorted()
    }

    private static func hours(_ text: String) -> EffectivePeriod.Hours? {
        let ends = text.split(separator: "-").map { minutes(String($0)) }
        guard ends.count == 2, let from = ends[0], let until = ends[1], from != until, from < 1440 else { return nil }
        return EffectivePeriod.Hours(from: from, until: until)
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            (0..<60).contains(minute), (0...24).contains(hour), hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }
}
