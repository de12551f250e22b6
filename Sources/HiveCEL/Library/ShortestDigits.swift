/// The fewest decimal digits that denote a finite floating-point number and no other.
struct ShortestDigits {
    private let sign: String
    /// At least one digit, without zeros at the end unless it is the only one.
    private let digits: [UInt8]
    /// The power of ten of the first digit.
    private let exponent: Int

    init(_ number: Double) {
        sign = number.sign == .minus ? "-" : ""
        // Swift writes the shortest digits, as in `0.001`, `12.5` or `1.25e-07`.
        let parts = "\(number.magnitude)".utf8.split(separator: UInt8(ascii: "e"))
        let power = parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0
        let halves = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var digits = halves.flatMap(Array.init)
        var point = halves[0].count
        while digits.count > 1, digits[0] == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        exponent = number == 0 ? 0 : power + point - 1
        self.digits = digits
    }

    /// With an exponent below 0.0001 and from 1000000 on.
    var general: String { exponent < -4 || exponent >= 6 ? scientific : plain }

    /// Without an exponent.
    var plain: String {
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + text(digits[...]) }
        let whole = digits.prefix(exponent + 1)
        let rest = digits.dropFirst(exponent + 1)
        let zeros = String(repeating: "0", count: exponent + 1 - whole.count)
        return sign + text(whole) + zeros + (rest.isEmpty ? "" : "." + text(rest))
    }

    private var scientific: String {
        let power = String(exponent.magnitude)
        let fraction = digits.count > 1 ? "." + text(digits[1...]) : ""
        return sign + text(digits[..<1]) + fraction + (exponent < 0 ? "e-" : "e+") + (power.utf8.count < 2 ? "0" : "")
            + power
    }

    private func text(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }
}
