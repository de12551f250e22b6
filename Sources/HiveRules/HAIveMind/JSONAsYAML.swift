import HiveCEL

/// JSON as a parser of YAML reads it, so that both formats are read by one reader, with lines and columns: tabs become
/// spaces, escapes that YAML does not have become what they stand for. Lines stay where they are.
enum JSONAsYAML {
    /// Whether a text is JSON: it begins with a bracket and is not, in its first line, what YAML alone allows.
    static func isJSON(_ text: String) -> Bool {
        guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
        return first == "{" || first == "["
    }

    /// Throws with the place of the first character that is not JSON.
    static func text(_ source: RuleFiles.Source) throws(RuleError) -> String {
        do throws(JSONText.Failure) { _ = try JSONText.parse(source.text) } catch {
            throw RuleError(
                "not valid JSON: \(error.message)",
                at: RuleLocation(path: source.path, line: error.position.line, column: error.position.column),
                hint: "check commas, quotes and brackets")
        }
        var output = ""
        var isInText = false
        var rest = source.text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"":
                isInText.toggle()
                output.unicodeScalars.append(scalar)
            case "\t" where !isInText: output += " "
            case "\\": output += escape(&rest)
            case _ where isInText: output += YAMLText.escaped(scalar)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    /// What stands behind a backslash; two halves of a character become that character.
    private static func escape(_ rest: inout Substring.UnicodeScalarView) -> String {
        guard let kind = rest.popFirst() else { return "\\" }
        switch kind {
        case "/": return "/"
        case "u":
            let first = number(&rest)
            guard (0xD800..<0xDC00).contains(first), rest.starts(with: "\\u".unicodeScalars) else {
                return Unicode.Scalar(first).map { YAMLText.escaped($0) } ?? "\u{FFFD}"
            }
            rest = rest.dropFirst(2)
            let second = number(&rest)
            let code = 0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)
            return Unicode.Scalar(code).map { YAMLText.escaped($0) } ?? "\u{FFFD}"
        default: return "\\" + String(Character(kind))
        }
    }

    private static func number(_ rest: inout Substring.UnicodeScalarView) -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        return UInt32(String(String.UnicodeScalarView(digits)), radix: 16) ?? 0xFFFD
    }
}
