extension Timestamp {
    /// The first and the last time that RFC 3339 can write: the years 0 to 9999.
    private static let writable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// For example `2026-11-21T01:07:00.123Z`. Times before the year 0 and after 9999 are written as the nearest time
    /// that can be.
    public var rfc3339: String {
        let writable = min(max(milliseconds, Self.writable.lowerBound), Self.writable.upperBound)
        let days = writable.floorDivided(by: 86_400_000)
        let rest = writable - days * 86_400_000
        let date = CivilDate(days: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.write(date.year, digits: 4, then: "-", to: &text)
        Self.write(date.month, digits: 2, then: "-", to: &text)
        Self.write(date.day, digits: 2, then: "T", to: &text)
        Self.write(rest / 3_600_000, digits: 2, then: ":", to: &text)
        Self.write(rest / 60_000 % 60, digits: 2, then: ":", to: &text)
        Self.write(rest / 1000 % 60, digits: 2, then: ".", to: &text)
        Self.write(rest % 1000, digits: 3, then: "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads RFC 3339 with any offset; digits beyond the milliseconds are dropped. A leap second, which only the end
    /// of a month in UTC can have, counts as the second after it. Nil for anything else.
    public init?(rfc3339 text: String) {
        var reader = RFC3339Reader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), let date = CivilDate(year: year, month: month, day: day),
            reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), hour < 24,
            reader.take(":"), let minute = reader.number(2), minute < 60, reader.take(":"),
            let second = reader.number(2), second <= 60, let fraction = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let seconds = date.days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        if second == 60 {
            guard seconds % 86_400 == 0, CivilDate(days: seconds / 86_400).day == 1 else { return nil }
        }
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    private static func write(
        _ number: Int64, digits: Int, then separator: Unicode.Scalar, to text: inout [UInt8]
    ) {
        var divisor: Int64 = digits == 2 ? 10 : digits == 3 ? 100 : 1000
        while divisor > 0 {
            text.append(0x30 + UInt8(number / divisor % 10))
            divisor /= 10
        }
        text.append(UInt8(ascii: separator))
    }
}

/// Reads the parts of a time from left to right.
private struct RFC3339Reader {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) { self.text = Array(text.utf8) }

    var isAtEnd: Bool { position == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int64? {
        guard position + digits <= text.count else { return nil }
        var value: Int64 = 0
        for place in position..<(position + digits) {
            guard text[place] >= 0x30, text[place] <= 0x39 else { return nil }
            value = value * 10 + Int64(text[place] - 0x30)
        }
        position += digits
        return value
    }

    /// Milliseconds; 0 where there is no fraction.
    mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var weight: Int64 = 100
        guard let first = number(1) else { return nil }
        var digit: Int64? = first
        while let known = digit {
            value += known * weight
            weight /= 10
            digit = number(1)
        }
        return value
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
