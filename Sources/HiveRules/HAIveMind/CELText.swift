import HiveCEL

/// Values as the language writes them.
enum CELText {
    /// Words that are no names.
    static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
        "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    static func literal(_ value: Value) -> String {
        switch value {
        case .string(let text): return quoted(text)
        case .list(let values): return "[" + values.map(literal).joined(separator: ", ") + "]"
        case .map(let map):
            return "{" + map.entries.map { "\(literal($0.key)): \(literal($0.value))" }.joined(separator: ", ") + "}"
        default: return JSONText.render(value)
        }
    }

    static func quoted(_ text: String) -> String {
        var output = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": output += "\\'"
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "'"
    }

    /// A pattern that finds a text letter by letter.
    static func pattern(for text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil { output += "\\" }
            output.unicodeScalars.append(scalar)
        }
        return output
    }
}
