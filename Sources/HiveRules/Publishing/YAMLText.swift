import HiveCEL

/// Values as YAML that people can read: blocks, short lists of scalars in one line, quotes only where they are needed.
/// What `YAMLValue` reads of it is the value again.
enum YAMLText {
    private static let longestLine = 100

    /// One document.
    static func text(_ value: Value) -> String { lines(value).joined(separator: "\n") + "\n" }

    private static func lines(_ value: Value) -> [String] {
        switch value {
        case .map(let map) where map.count > 0: map.entries.flatMap { pair in entry(key(pair.key), pair.value) }
        case .list(let values) where inline(value) == nil:
            values.flatMap { element in
                lines(element).enumerated().map { $0.offset == 0 ? "- " + $0.element : "  " + $0.element }
            }
        default: [inline(value) ?? scalar(value)]
        }
    }

    private static func entry(_ key: String, _ value: Value) -> [String] {
        if let inline = inline(value) { return ["\(key): \(inline)"] }
        return ["\(key):"] + lines(value).map { "  " + $0 }
    }

    /// A scalar, something empty, or a short list of scalars.
    private static func inline(_ value: Value) -> String? {
        switch value {
        case .map(let map): return map.count == 0 ? "{}" : nil
        case .list(let values):
            guard values.allSatisfy({ isScalar($0) }) else { return nil }
            let text = "[" + values.map(scalar).joined(separator: ", ") + "]"
            return text.count <= longestLine ? text : values.isEmpty ? "[]" : nil
        default: return scalar(value)
        }
    }

    private static func isScalar(_ value: Value) -> Bool {
        switch value {
        case .list, .map: false
        default: true
        }
    }

    private static func key(_ key: Value) -> String {
        guard case .string(let text) = key else { return scalar(key) }
        return string(text)
    }

    private static func scalar(_ value: Value) -> String {
        if case .string(let text) = value { return string(text) }
        return JSONText.render(value)
    }

    private static func string(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Words that other readers of YAML take for something else.
    private static let taken: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) || ("A"..."Z").contains(first),
            text.last != " ", !taken.contains(text.lowercased())
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", "_", ".", "/", "(", ")", "@", "+", "-": true
            default: false
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        // The look at hazards before parsing counts brackets and aliases in quotes too.
        let opens = text.unicodeScalars.count { $0 == "[" || $0 == "{" }
        let closes = text.unicodeScalars.count { $0 == "]" || $0 == "}" }
        var output = "\""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            let isOpening = opens > closes && (scalar == "[" || scalar == "{")
            let isAlias =
                scalar == "*" && (previous.properties.isWhitespace || "[{,-:".unicodeScalars.contains(previous))
            if isOpening || isAlias {
                output += "\\x" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                output += escaped(scalar)
            }
            previous = scalar
        }
        return output + "\""
    }

    /// A character as it stands between double quotes.
    static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(Character(scalar))
        }
    }
}
