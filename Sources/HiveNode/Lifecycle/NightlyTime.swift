import HiveCore

/// A time of day in UTC at which something is done once a day.
public struct NightlyTime: Sendable, Hashable, CustomStringConvertible {
    /// After midnight, below 1,440.
    public let minuteOfDay: Int

    private static let day: Int64 = 86_400_000

    /// The last such time at or before another one.
    func last(before time: Timestamp) -> Timestamp {
        let offset = Int64(minuteOfDay) * 60_000
        let days = (time.milliseconds - offset).quotientAndRemainder(dividingBy: Self.day)
        let whole = days.remainder < 0 ? days.quotient - 1 : days.quotient
        return Timestamp(milliseconds: whole * Self.day + offset)
    }

    func next(after time: Timestamp) -> Timestamp { last(before: time).advanced(bySeconds: 86_400) }

    /// `03:00`
    public var description: String {
        let (hours, minutes) = minuteOfDay.quotientAndRemainder(dividingBy: 60)
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    init(minuteOfDay: Int) { self.minuteOfDay = min(max(0, minuteOfDay), 1439) }

    /// Nil for anything but `HH:MM`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        minuteOfDay = hours * 60 + minutes
    }
}
