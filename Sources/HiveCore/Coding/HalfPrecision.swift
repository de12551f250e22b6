/// Half precision by hand, since not every platform has `Float16`.
enum HalfPrecision {
    /// The one form of not-a-number that deterministic encoding knows.
    static let notANumber: UInt16 = 0x7E00

    /// Nil where the value has no exact half-precision form.
    static func exactBits(of value: Double) -> UInt16? {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        if value == 0 { return sign }
        if value.isInfinite { return sign | 0x7C00 }
        let magnitude = value.magnitude
        let exponent = Int(magnitude.exponent)
        if exponent < -14 {
            let scaled = magnitude * 0x1p24
            guard exponent >= -24, scaled == scaled.rounded(.towardZero) else { return nil }
            return sign | UInt16(scaled)
        }
        guard exponent <= 15 else { return nil }
        let fraction = (magnitude.significand - 1) * 1024
        guard fraction == fraction.rounded(.towardZero) else { return nil }
        return sign | UInt16(exponent + 15) << 10 | UInt16(fraction)
    }

    static func value(of bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 31)
        let fraction = Double(bits & 1023)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}
