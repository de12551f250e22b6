/// Names as git quotes them where they hold quotes, backslashes or control characters.
enum QuotedPath {
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11,
        UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    ]

    /// The bytes of the name; a name without quotes is itself.
    static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.first == UInt8(ascii: "\"") else { return Array(text) }
        var name: [UInt8] = []
        var rest = text.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                name.append(byte)
                continue
            }
            if isOctal(escaped) {
                let digits = [escaped] + rest.prefix(2).prefix(while: isOctal)
                rest = rest.dropFirst(digits.count - 1)
                name.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }))
            } else {
                name.append(escapes[escaped] ?? escaped)
            }
        }
        return name
    }

    private static func isOctal(_ byte: UInt8) -> Bool { (0x30...0x37).contains(byte) }
}
