/// Prose inside Markdown: lines whose beginning would mean something to Markdown, or to the reader of runbooks, get a
/// backslash. Works on bytes, so that a combining mark after a sign changes nothing.
enum MarkdownProse {
    /// What begins a line of some meaning.
    private static let signs = Set("#-*+>~`|\\<=_[".utf8)
    private static let backslash = UInt8(ascii: "\\")

    /// The lines of a text; at least one.
    static func lines(_ text: String) -> [String] {
        text.utf8.split(separator: RecordText.newline, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The text with every line escaped, and all but the first moved to the right.
    static func escaped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        let lines = lines(text).map { escaped(line: $0) }
        return ([lines[0]] + lines.dropFirst().map { $0.isEmpty ? "" : margin + $0 }).joined(separator: "\n")
    }

    static func escaped(line: String) -> String {
        let bytes = Array(line.utf8)
        guard let first = bytes.first else { return line }
        if signs.contains(first) { return "\\" + line }
        let digits = bytes.prefix(while: isDigit)
        guard !digits.isEmpty, digits.count < bytes.count, endsNumber(bytes[digits.count]) else { return line }
        return String(decoding: digits + [backslash] + bytes[digits.count...], as: UTF8.self)
    }

    /// Undoes `escaped(line:)`.
    static func unescaped(line: ArraySlice<UInt8>) -> String {
        let bytes = Array(line)
        let place = bytes.prefix(while: isDigit).count
        guard place + 1 < bytes.count, bytes[place] == backslash else { return String(decoding: bytes, as: UTF8.self) }
        let next = bytes[place + 1]
        guard place == 0 ? isPunctuation(next) : endsNumber(next) else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes[..<place] + bytes[(place + 1)...], as: UTF8.self)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func endsNumber(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")") || byte == backslash
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
            || (0x7B...0x7E).contains(byte)
    }
}
