/// Marks parts of a text, which become colours where it is shown in colour and nothing elsewhere.
///
/// The marks are scalars from the end of the area for private use: hardly a text has them, and one that has
/// them all the same can do no more than colour itself.
enum Paint {
    private static let end: Unicode.Scalar = "\u{10FDEF}"
    private static let codes: [Unicode.Scalar: String] = [
        "\u{10FDD0}": "1", "\u{10FDD1}": "32", "\u{10FDD2}": "33", "\u{10FDD3}": "31", "\u{10FDD4}": "2", end: "0",
    ]

    static func bold(_ text: String) -> String { mark(text, "\u{10FDD0}") }
    static func green(_ text: String) -> String { mark(text, "\u{10FDD1}") }
    static func yellow(_ text: String) -> String { mark(text, "\u{10FDD2}") }
    static func red(_ text: String) -> String { mark(text, "\u{10FDD3}") }
    static func dim(_ text: String) -> String { mark(text, "\u{10FDD4}") }

    private static func mark(_ text: String, _ scalar: Unicode.Scalar) -> String { "\(scalar)\(text)\(end)" }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool { codes[scalar] != nil }

    /// The text with its marks as colours, or without them.
    static func rendered(_ text: String, inColour: Bool) -> String {
        guard text.unicodeScalars.contains(where: isMark) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if let code = codes[scalar] {
                if inColour { output += "\u{1B}[\(code)m" }
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
