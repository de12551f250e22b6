/// How long it takes until half of something is left.
public struct HalfLife: Sendable, Hashable {
    /// More than 0.
    public let seconds: Int64

    /// Nil for anything that is no time.
    public init?(seconds: Int64) {
        guard seconds > 0 else { return nil }
        self.seconds = seconds
    }

    public static func days(_ count: UInt16) -> HalfLife { HalfLife(days: max(1, Int64(count))) }
    private init(days: Int64) { seconds = days * 86_400 }

    /// The share that is left after so many seconds: from 1 down to 0. What lies in the future has not begun to fade.
    public func share(after elapsed: Int64) -> Double {
        guard elapsed > 0 else { return 1 }
        let (whole, rest) = elapsed.quotientAndRemainder(dividingBy: seconds)
        guard whole < 1023 else { return 0 }
        var share = Double(sign: .plus, exponent: -Int(whole), significand: 1)
        // The binary digits of what is left of a half-life, each worth the square root of the one before.
        var (fraction, digit) = (Double(rest) / Double(seconds), 0.5.squareRoot())
        for _ in 0..<40 {
            fraction *= 2
            if fraction >= 1 {
                share *= digit
                fraction -= 1
            }
            digit = digit.squareRoot()
        }
        return share
    }
}
