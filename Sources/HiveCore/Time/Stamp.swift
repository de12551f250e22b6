/// A point of hybrid logical time: 48 bits of Unix milliseconds, then a 16-bit counter. Stamps compare as numbers.
public struct Stamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: UInt64

    /// The last millisecond that a stamp can tell, in the year 10889.
    public static let latestMilliseconds: UInt64 = 0xFFFF_FFFF_FFFF

    public init(value: UInt64) { self.value = value }

    /// Later milliseconds than `latestMilliseconds` count as those, so that no time ever wraps around to an early stamp.
    public init(milliseconds: UInt64, counter: UInt16 = 0) {
        value = min(milliseconds, Self.latestMilliseconds) << 16 | UInt64(counter)
    }

    public var milliseconds: UInt64 { value >> 16 }
    public var counter: UInt16 { UInt16(truncatingIfNeeded: value) }

    /// The next stamp; a full counter carries into the milliseconds. The last one of all succeeds itself.
    public var successor: Stamp { Stamp(value: value == .max ? value : value + 1) }

    public static func < (left: Stamp, right: Stamp) -> Bool { left.value < right.value }
    public var description: String { "\(milliseconds).\(counter)" }
}
