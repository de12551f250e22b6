/// Texts that a terminal only shows. What a memory holds may have been written by anybody: an escape sequence in it could
/// set a title, answer a question that nobody asked, or hide a line, and a mark for the direction of writing could show
/// words in an order that is not theirs.
enum HarmlessText {
    /// The text with such characters written out, as `\u001b`, which is what JSON calls them as well. Line ends and tabs
    /// stay.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var output = ""
        for scalar in text.unicodeScalars {
            if isHarmful(scalar) {
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F: true
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
