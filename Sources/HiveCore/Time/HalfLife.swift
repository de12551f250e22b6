/// How what is not renewed fades: by half in each half-life.
public struct HalfLife: Sendable, Hashable {
    /// Above zero.
    public let milliseconds: Int64

    /// Nil unless the time is above zero.
    public init?(milliseconds: Int64) {
        guard milliseconds > 0 else { return nil }
        self.milliseconds = milliseconds
    }

    /// Nil unless the time is above zero.
    public init?(seconds: Int64) { self.init(milliseconds: Self.milliseconds(seconds)) }

    private init(known milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let hour = HalfLife(known: 3_600_000)
    public static func days(_ count: UInt16) -> HalfLife { HalfLife(known: max(1, Int64(count)) * 86_400_000) }

    /// In whole seconds.
    public var seconds: Int64 { milliseconds / 1000 }

    /// The share that is left after so many seconds: from 1 down to 0. What lies in the future has not begun to fade.
    public func share(after seconds: Int64) -> Double { remainder(after: Self.milliseconds(seconds)) }

    private static func milliseconds(_ seconds: Int64) -> Int64 {
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds > 0 ? .max : .min) : milliseconds
    }

    /// What is left of 1 after a time in milliseconds, from 0 to 1. A time before the beginning counts as none, since
    /// clocks differ. Computed by additions and multiplications alone: the same on every machine.
    public func remainder(after elapsed: Int64) -> Double {
        guard elapsed > 0 else { return 1 }
        let (halvings, rest) = elapsed.quotientAndRemainder(dividingBy: milliseconds)
        guard halvings < 1074 else { return 0 }
        return Halving.share(afterHalfLives: Double(rest) / Double(milliseconds))
            * Double(sign: .plus, exponent: -Int(halvings), significand: 1)
    }
}
