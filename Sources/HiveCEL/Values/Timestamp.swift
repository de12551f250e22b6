/// A moment, in seconds since 1970 in UTC and nanoseconds, between the years 1 and 9999.
public struct Timestamp: ObjectValue, Hashable, Comparable {
    public let seconds: Int64
    /// From 0 up to a second, also before 1970.
    public let nanoseconds: Int32

    public static let typeName = "google.protobuf.Timestamp"
    public var typeName: String { Self.typeName }

    private static let secondRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Nil outside the years 1 to 9999, or with nanoseconds that are none.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard Self.secondRange.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads RFC 3339, as in `2024-05-01T12:00:00.5+02:00`. Nil where the text is none, or outside the range.
    public init?(_ text: String) {
        guard let (seconds, nanoseconds) = TimestampText.parse(text) else { return nil }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Nil outside the range.
    func advanced(by duration: Duration64) -> Timestamp? {
        let (whole, rest) = Self.divide(duration.nanoseconds, by: 1_000_000_000)
        let sum = Int64(nanoseconds) + rest
        let (carry, nanoseconds) = Self.divide(sum, by: 1_000_000_000)
        return Timestamp(seconds: seconds + whole + carry, nanoseconds: Int32(nanoseconds))
    }

    /// Nil where the difference does not fit.
    func duration(since other: Timestamp) -> Duration64? {
        let (whole, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = whole.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
        return overflow || carried ? nil : Duration64(nanoseconds: sum)
    }

    /// Division that rounds down, so that the rest is never negative.
    static func divide(_ number: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    public func member(_ name: String) -> Value? { nil }
    public func isEqual(to other: any ObjectValue) -> Bool { (other as? Timestamp) == self }
    public func isLess(than other: any ObjectValue) -> Bool? { (other as? Timestamp).map { self < $0 } }
    public var text: String? { TimestampText.render(self) }
    public var isZero: Bool { seconds == 0 && nanoseconds == 0 }
}

extension Value {
    public static func timestamp(_ timestamp: Timestamp) -> Value { .object(timestamp) }

    public var timestamp: Timestamp? {
        guard case .object(let object) = self else { return nil }
        return object as? Timestamp
    }
}
