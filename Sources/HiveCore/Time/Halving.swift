/// Powers and logarithms of two, the same on every machine.
enum Halving {
    /// `2^-count`, for counts from 0; 1 below.
    static func share(afterHalfLives count: Double) -> Double {
        guard count > 0 else { return 1 }
        guard count < 1000 else { return 0 }
        let whole = count.rounded(.down)
        let part = exponential(-(count - whole) * naturalLogarithmOfTwo)
        return part * Double(sign: .plus, exponent: -Int(whole), significand: 1)
    }

    /// How often `first` must be doubled to reach `second`: exact at powers of two and a straight line between them. 0 where
    /// `second` is not larger.
    static func doublings(from first: Double, to second: Double) -> Double {
        guard first > 0, second > first, second.isFinite else { return 0 }
        let ratio = second / first
        return Double(ratio.exponent) + ratio.significand - 1
    }

    private static let naturalLogarithmOfTwo = 0.693_147_180_559_945_3

    /// For arguments from -1 to 0, by its series.
    private static func exponential(_ argument: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for number in 1...20 {
            term *= argument / Double(number)
            sum += term
        }
        return sum
    }
}
