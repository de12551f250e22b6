/// The exact decimal digits of a floating-point number, and how they round to fewer.
struct DecimalExpansion {
    private let isNegative: Bool
    /// Digits from the first that is not zero; empty for zero.
    private var digits: [UInt8]
    /// How many of the digits stand before the decimal point; may be negative.
    private var point: Int

    /// The number must be finite.
    init(_ number: Double) {
        isNegative = number.sign == .minus
        let exponent = Int(number.exponentBitPattern)
        let fraction = number.significandBitPattern
        let significand = exponent == 0 ? fraction : fraction | (1 << 52)
        let power = max(exponent, 1) - 1075
        var integer = Natural(significand)
        if power >= 0 {
            for _ in 0..<power { integer.multiply(by: 2) }
        } else {
            // m / 2^k is m * 5^k / 10^k.
            for _ in 0..<(-power) { integer.multiply(by: 5) }
        }
        digits = significand == 0 ? [] : integer.decimalDigits
        point = digits.count + min(power, 0)
    }

    /// Keeps so many digits; a half is rounded to the even neighbour.
    private mutating func round(to count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            return
        }
        let rest = digits[count...]
        let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let isOdd = count > 0 && digits[count - 1] % 2 == 1
        let goesUp = isHalf ? isOdd : (rest.first ?? 0) >= 5
        digits.removeSubrange(count...)
        guard goesUp else { return }
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
            point += 1
        }
    }

    /// As `%.3f` writes it.
    func fixed(_ precision: Int) -> String {
        var copy = self
        copy.round(to: point + precision)
        let whole = copy.point > 0 ? copy.text(0..<copy.point) : "0"
        let fraction = precision > 0 ? "." + copy.text(copy.point..<(copy.point + precision)) : ""
        return sign + whole + fraction
    }

    /// As `%.3e` writes it.
    func scientific(_ precision: Int) -> String {
        var copy = self
        copy.round(to: precision + 1)
        let exponent = copy.digits.isEmpty ? 0 : copy.point - 1
        let fraction = precision > 0 ? "." + copy.text(1..<(precision + 1)) : ""
        let power = String(exponent.magnitude)
        return sign + copy.text(0..<1) + fraction + (exponent < 0 ? "e-" : "e+") + (power.utf8.count < 2 ? "0" : "")
            + power
    }

    private var sign: String { isNegative ? "-" : "" }

    /// The digits at these places; zeros where there are none.
    private func text(_ places: Range<Int>) -> String {
        places.map { digits.indices.contains($0) ? String(digits[$0]) : "0" }.joined()
    }
}
