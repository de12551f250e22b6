/// Names of files as text. A name may hold any bytes: those that are no UTF-8, and characters that would break a line
/// or command a terminal, are written as `\xNN`, and a backslash as two.
public enum PathText {
    public static func shown(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        if bytes.allSatisfy({ $0 > 0x1F && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var text = ""
        var rest = bytes[...]
        while !rest.isEmpty {
            var decoder = UTF8()
            var iterator = rest.makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&iterator), isPrintable(scalar) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                text += rest.first == UInt8(ascii: "\\") ? "\\\\" : escaped(rest[rest.startIndex])
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// As the path of a URI.
    static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            if isPlain(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                uri += "%" + hex(byte).uppercased()
            }
        }
        return uri
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: scalar != "\\"
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "/-._~".utf8.contains(byte)
    }

    private static func escaped(_ byte: UInt8) -> String { "\\x" + hex(byte) }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
