/// Writes deterministic CBOR (RFC 8949 §4.2.1): shortest forms, definite lengths. Callers write map keys in the order
/// of their encoded bytes; `CBORMap` does that by itself.
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
            bytes.append(0xF9)
            bytes.append(bigEndian: HalfPrecision.notANumber)
        } else if let half = HalfPrecision.exactBits(of: value) {
            bytes.append(0xF9)
            bytes.append(bigEndian: half)
        } else if Double(Float(value)) == value {
            bytes.append(0xFA)
            bytes.append(bigEndian: Float(value).bitPattern)
        } else {
            bytes.append(0xFB)
            bytes.append(bigEndian: value.bitPattern)
        }
    }

    public mutating func beginArray(count: Int) { head(.array, UInt64(count)) }
    public mutating func beginMap(count: Int) { head(.map, UInt64(count)) }

    /// Adds one item that is encoded already.
    public mutating func append(raw: [UInt8]) { bytes.append(contentsOf: raw) }

    private mutating func head(_ type: CBORMajorType, _ argument: UInt64) {
        let major = type.rawValue << 5
        if argument < 24 {
            bytes.append(major | UInt8(argument))
        } else if argument <= 0xFF {
            bytes.append(major | 24)
            bytes.append(UInt8(argument))
        } else if argument <= 0xFFFF {
            bytes.append(major | 25)
            bytes.append(bigEndian: UInt16(argument))
        } else if argument <= 0xFFFF_FFFF {
            bytes.append(major | 26)
            bytes.append(bigEndian: UInt32(argument))
        } else {
            bytes.append(major | 27)
            bytes.append(bigEndian: argument)
        }
    }
}
