/// A file of `NAME=value` lines.
enum EnvironmentFile {
    /// Later lines win. Comments, blank lines and `export` are understood.
    static func values(of text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            var rest = line.drop { $0 == " " || $0 == "\t" }
            if rest.hasPrefix("export ") { rest = rest.dropFirst(7) }
            guard !rest.hasPrefix("#"), let equals = rest.firstIndex(of: "=") else { continue }
            let name = String(rest[..<equals].filter { $0 != " " })
            guard !name.isEmpty else { continue }
            values[name] = value(rest[rest.index(after: equals)...])
        }
        return values
    }

    private static func value(_ text: Substring) -> String {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }
        if let quote = trimmed.first, quote == "\"" || quote == "'" {
            return String(trimmed.dropFirst().prefix { $0 != quote })
        }
        var end = trimmed
        if let comment = trimmed.firstRange(of: " #") { end = trimmed[..<comment.lowerBound] }
        while end.last == " " || end.last == "\t" { end = end.dropLast() }
        return String(end)
    }
}
