/// Timestamps in the form of RFC 3339.
enum TimestampText {
    static func parse(_ text: String) -> (seconds: Int64, nanoseconds: Int32)? {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= CivilTime.daysInMonth(month, of: year), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var nanoseconds: Int64 = 0
        if reader.take(".") {
            guard let fraction = reader.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let days = CivilTime.days(year: year, month: month, day: day)
        return (days * 86_400 + hour * 3600 + minute * 60 + second - offset, Int32(nanoseconds))
    }

    /// Whether a text begins with a year beyond 9999, as in `10000-01-01T00:00:00Z`: a moment out of range, not nonsense.
    static func hasLongYear(_ text: String) -> Bool {
        let year = text.utf8.prefix { (48...57).contains($0) }
        return year.count > 4 && text.utf8.dropFirst(year.count).first == UInt8(ascii: "-")
    }

    static func render(_ timestamp: Timestamp) -> String {
        let time = CivilTime(localSeconds: timestamp.seconds)
        let date = pad(time.year, 4) + "-" + pad(time.month, 2) + "-" + pad(time.day, 2)
        let clock = pad(time.hour, 2) + ":" + pad(time.minute, 2) + ":" + pad(time.second, 2)
        return date + "T" + clock + fraction(Int64(timestamp.nanoseconds)) + "Z"
    }

    /// A dot and the digits that matter, or nothing.
    static func fraction(_ nanoseconds: Int64) -> String {
        guard nanoseconds != 0 else { return "" }
        var digits = pad(nanoseconds, 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }

    static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
