/// The kinds of ASCII that keys are made of.
enum ByteClass {
    /// Letters, digits, `_` and `-`.
    static func isWord(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool { isUpperOrDigit(byte) || isLower(byte) }

    static func isUpperOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || isUpper(byte) }

    static func isLowerHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }

    static func isBase64(_ byte: UInt8) -> Bool { isWord(byte) || Array("+/=".utf8).contains(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }
}
