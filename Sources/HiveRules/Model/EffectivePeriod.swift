/// When a rule holds: from inclusive, until exclusive, and inside that on some days of the week between some hours.
public struct EffectivePeriod: Sendable, Hashable {
    public var from: Moment?
    public var until: Moment?
    /// The time zone of moments without an offset, of days and of hours: `UTC`, `+02:00` or `Europe/Berlin`.
    public var zone = "UTC"
    /// 0 is Sunday; empty means every day.
    public var days: [Int] = []
    public var hours: Hours?

    /// A point of time as it was written.
    public struct Moment: Sendable, Hashable {
        /// Unix milliseconds; as if the zone were UTC where the text has no offset.
        public var milliseconds: Int64
        /// Whether the period's zone says what is meant.
        public var isLocal: Bool
    }

    /// Minutes of a day: from inclusive, until exclusive. Where the end comes first, the hours go on after midnight.
    public struct Hours: Sendable, Hashable {
        public var from: Int
        public var until: Int
    }

    public static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Whether nothing limits it.
    var isUnlimited: Bool { from == nil && until == nil && days.isEmpty && hours == nil }
}
