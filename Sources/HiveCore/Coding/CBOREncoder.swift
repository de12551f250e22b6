/// Writes deterministic CBOR (RFC 8949 §4.2.1): shortest forms, definite lengths. Callers write map keys in the order
/// of their encoded bytes; `CBORValue` does that by itself.
public struct CBOREncoder: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(reserving capacity: Int = 128) { bytes.reserveCapacity(capacity) }

    public mutating func encode(unsigned value: UInt64) { head(.unsigned, value) }

    public mutating func encode(integer value: Int64) {
        if value >= 0 { head(.unsigned, UInt64(value)) } else { head(.negative, UInt64(-1 - value)) }
    }

    /// The integer `-1 - value`.
    public mutating func encode(negative value: UInt64) { head(.negative, value) }

    public mutating func encode(bytes value: some Collection<UInt8>) {
        head(.bytes, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A byte string of 32.
    public mutating func encode(digest: Digest) {
        head(.bytes, 32)
        digest.append(to: &bytes)
    }

    public mutating func encode(text: String) {
        let utf8 = text.utf8
        head(.text, UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    public mutating func encode(bool: Bool) { bytes.append(bool ? 0xF5 : 0xF4) }
    public mutating func encodeNull() { bytes.append(0xF6) }

    /// The shortest of half, single and double precision that is exact; one form for not-a-number.
    public mutating func encode(double value: Double) {
        if value.isNaN {
            bytes.append(contentsOf: [0xF9, 0x7E, 0x00])
        } else if let half = HalfPrecision.exactBits(of: value) {
            bytes.append(0xF9)
            appendBigEndian(UInt64(half), width: 2)
        } else if Double(Float(value)) == value {
            bytes.append(0xFA)
            appendBigEndian(UInt64(Float(value).bitPattern), width: 4)
        } else {
            bytes.append(0xFB)
            appendBigEndian(value.bitPattern, width: 8)
        }
    }

    public mutating func beginArray(count: Int) { head(.array, UInt64(count)) }
    public mutating func beginMap(count: Int) { head(.map, UInt64(count)) }

    /// Adds one item that is encoded already.
    public mutating func append(raw: [UInt8]) { bytes.append(contentsOf: raw) }

    private mutating func head(_ type: CBORMajorType, _ argument: UInt64) {
        let major = type.rawValue << 5
        switch argument {
        case 0..<24: bytes.append(major | UInt8(argument))
        case 24...0xFF:
            bytes.append(major | 24)
            bytes.append(UInt8(argument))
        case 0x100...0xFFFF:
            bytes.append(major | 25)
            appendBigEndian(argument, width: 2)
        case 0x1_0000...0xFFFF_FFFF:
            bytes.append(major | 26)
            appendBigEndian(argument, width: 4)
        default:
            bytes.append(major | 27)
            appendBigEndian(argument, width: 8)
        }
    }

    private mutating func appendBigEndian(_ value: UInt64, width: Int) {
        for index in stride(from: width - 1, through: 0, by: -1) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }
}

/// The first three bits of an item.
public enum CBORMajorType: UInt8, Sendable, Hashable {
    case unsigned = 0
    case negative = 1
    case bytes = 2
    case text = 3
    case array = 4
    case map = 5
    case tag = 6
    case simple = 7
}

/// Half precision by hand, since not every platform has `Float16`.
enum HalfPrecision {
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
