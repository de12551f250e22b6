/// A point of time in milliseconds since 1970 in UTC.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// As RFC 3339 writes it.
    public var description: String { rfc3339 }

    /// How many milliseconds lie between an earlier time and this one; the largest and the least number stand for all beyond.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        let (difference, isTooMuch) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return isTooMuch ? (milliseconds > earlier.milliseconds ? .max : .min) : difference
    }

    /// So many seconds later, or earlier; stops at the ends of time.
    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        let (difference, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, isTooFar) = milliseconds.addingReportingOverflow(difference)
        return Timestamp(milliseconds: isTooLong || isTooFar ? (seconds < 0 ? .min : .max) : sum)
    }
}
