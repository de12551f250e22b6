/// A length of time in nanoseconds, up to 292 years either way.
public struct Duration64: ObjectValue, Hashable, Comparable {
    public let nanoseconds: Int64

    public static let typeName = "google.protobuf.Duration"
    public var typeName: String { Self.typeName }

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Why a text is no duration.
    public enum Failure: Error, Sendable, Hashable {
        case malformed
        case outOfRange
    }

    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads numbers with units, as in `1h45m0.5s` or `-200ms`; `0` needs none.
    public init(_ text: String) throws(Failure) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) {
            self.init(nanoseconds: 0)
            return
        }
        guard !rest.isEmpty else { throw .malformed }
        var total: Int64 = 0
        while !rest.isEmpty {
            let part = try Self.part(&rest)
            // Counted below zero, where there is room for one more.
            let (sum, overflow) = total.subtractingReportingOverflow(part)
            guard !overflow else { throw .outOfRange }
            total = sum
        }
        guard isNegative || total != .min else { throw .outOfRange }
        self.init(nanoseconds: isNegative ? total : -total)
    }

    private static func part(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> Int64 {
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: isDigit)
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { throw .malformed }
        let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) })?.nanoseconds else { throw .malformed }
        rest = rest.dropFirst(name.count)
        var total: Int64 = 0
        for byte in whole {
            let (tens, overflow) = total.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(Int64(byte - 48))
            guard !overflow, !carried else { throw .outOfRange }
            total = sum
        }
        let (scaled, overflow) = total.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw .outOfRange }
        var parts: Int64 = 0
        var weight = unit
        for byte in fraction where weight >= 10 {
            weight /= 10
            parts += Int64(byte - 48) * weight
        }
        let (sum, carried) = scaled.addingReportingOverflow(parts)
        guard !carried else { throw .outOfRange }
        return sum
    }

    public static func < (left: Duration64, right: Duration64) -> Bool { left.nanoseconds < right.nanoseconds }

    public func member(_ name: String) -> Value? { nil }
    public func isEqual(to other: any ObjectValue) -> Bool { (other as? Duration64) == self }
    public func isLess(than other: any ObjectValue) -> Bool? { (other as? Duration64).map { self < $0 } }
    public var isZero: Bool { nanoseconds == 0 }

    /// Seconds, as in `90.5s`.
    public var text: String? {
        let magnitude = nanoseconds.magnitude
        let fraction = TimestampText.fraction(Int64(magnitude % 1_000_000_000))
        return (nanoseconds < 0 ? "-" : "") + String(magnitude / 1_000_000_000) + fraction + "s"
    }
}

extension Value {
    public static func duration(_ duration: Duration64) -> Value { .object(duration) }

    public var duration: Duration64? {
        guard case .object(let object) = self else { return nil }
        return object as? Duration64
    }
}
