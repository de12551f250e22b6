/// Brings texts of records into the form that they are kept in, so that what is written out reads back the same.
public enum RecordText {
    /// One line without white space around it; nil where nothing is left. Line ends inside become spaces.
    public static func line(_ text: String) -> String? {
        let bytes = unified(text).map { $0 == newline ? space : $0 }
        return nonempty(trimmed(bytes[...]))
    }

    /// Lines without white space at their ends, and without empty ones around them; nil where nothing is left.
    public static func prose(_ text: String) -> String? {
        let lines = unified(text).split(separator: newline, omittingEmptySubsequences: false).map(trimmedEnd)
        return nonempty(trimmed(Array(lines.joined(separator: [newline]))[...]))
    }

    /// A command as it is, without empty lines around it; nil where nothing is left.
    public static func command(_ text: String) -> String? {
        var lines = unified(text).split(separator: newline, omittingEmptySubsequences: false)[...]
        while let first = lines.first, trimmed(first).isEmpty { lines.removeFirst() }
        while let last = lines.last, trimmed(last).isEmpty { lines.removeLast() }
        return nonempty(Array(lines.joined(separator: [newline]))[...])
    }

    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")

    /// The bytes with every line end as a line feed.
    static func unified(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var isAfterReturn = false
        for byte in text.utf8 {
            if !(isAfterReturn && byte == newline) { bytes.append(byte == UInt8(ascii: "\r") ? newline : byte) }
            isAfterReturn = byte == UInt8(ascii: "\r")
        }
        return bytes
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == UInt8(ascii: "\t") || byte == newline
    }

    private static func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes[..<(bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? bytes.startIndex)]
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> { trimmedEnd(bytes).drop(while: isBlank) }

    private static func nonempty(_ bytes: ArraySlice<UInt8>) -> String? {
        bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
