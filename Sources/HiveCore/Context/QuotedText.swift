/// Text in which every line is marked as quoted, so that none of them can pass for a line of the block around it.
enum PlainText {
    /// `> ` before every line, whatever character breaks it; a line break at the end.
    static func quoted(_ text: String) -> String {
        var output = "> "
        var follows = Unicode.Scalar(0)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where follows == "\r": break
            case "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": output += "\n> "
            case "\t": output.unicodeScalars.append(scalar)
            default: output.unicodeScalars.append(scalar.isControl ? "\u{FFFD}" : scalar)
            }
            follows = scalar
        }
        return output + "\n"
    }
}

/// Strings of JSON (RFC 8259).
enum JSONText {
    static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                // What breaks lines elsewhere, and the controls, are spelled.
                if scalar.isControl || scalar == "\u{2028}" || scalar == "\u{2029}" {
                    let hex = String(scalar.value, radix: 16)
                    output += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        return output + "\""
    }
}

/// Character data and attribute values of XML 1.0.
enum XMLText {
    /// What XML cannot say becomes the replacement character.
    static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&apos;"
            case "\r": output += "&#13;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar.isControl ? "\u{FFFD}" : scalar)
            }
        }
        return output
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character, or one that changes the direction of what follows and so hides what is
    /// written.
    fileprivate var isControl: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
