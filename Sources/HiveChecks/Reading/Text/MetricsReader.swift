import HiveCEL

/// Reads metrics in the text format of Prometheus.
struct MetricsReader {
    static let kind = "prometheus.metrics"

    private var types: [String: String] = [:]
    private var names: Set<String> = []
    private var samples: Set<String> = []
    private var problems: [String] = []

    static func manifest(_ text: String, path: String) -> Manifest {
        var reader = MetricsReader()
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if let problem = reader.read(line.drop { $0 == " " || $0 == "\t" }) {
                reader.problems.append("line \(number + 1): \(problem)")
            }
        }
        var facts = Facts()
        facts.set("names", texts: reader.families.sorted())
        facts.set("types", texts: reader.types)
        facts.set("problems", texts: reader.problems)
        return Manifest(
            kind: kind, path: path, name: String(SourceFile(path: path, bytes: []).name), line: 1, facts: facts.values)
    }

    /// Names as they are declared: the parts of a histogram or a summary count as one.
    private var families: Set<String> {
        Set(
            names.map { name in
                for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
                    let family = String(name.dropLast(suffix.count))
                    if ["histogram", "summary"].contains(types[family]) { return family }
                }
                return name
            })
    }

    /// What is wrong with a line, or nil.
    private mutating func read(_ line: Substring) -> String? {
        if line.isEmpty { return nil }
        guard line.first == "#" else { return sample(line) }
        let words = line.dropFirst().split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard words.first == "TYPE" else { return nil }
        guard words.count == 3, Self.isName(words[1]) else { return "TYPE takes a name and a type" }
        guard ["counter", "gauge", "histogram", "summary", "untyped"].contains(words[2]) else {
            return "`\(words[2])` is no type"
        }
        guard types.updateValue(words[2], forKey: words[1]) == nil else { return "`\(words[1])` has a type already" }
        return nil
    }

    private mutating func sample(_ line: Substring) -> String? {
        let name = line.prefix { $0 != "{" && $0 != " " && $0 != "\t" }
        guard Self.isName(String(name)) else { return "`\(name)` is no name" }
        var rest = line[name.endIndex...].drop { $0 == " " || $0 == "\t" }
        let start = rest.startIndex
        if rest.first == "{" {
            guard let end = Self.endOfLabels(rest) else { return "the labels are malformed" }
            rest = rest[end...]
        }
        let identity = String(name) + line[start..<rest.startIndex]
        let values = rest.split { $0 == " " || $0 == "\t" }
        guard let value = values.first, values.count <= 2, Self.isNumber(value) else { return "there is no value" }
        if values.count == 2, Int64(values[1]) == nil { return "`\(values[1])` is no time in milliseconds" }
        names.insert(String(name))
        return samples.insert(identity).inserted ? nil : "the sample `\(identity)` stands twice"
    }

    private static func isNumber(_ text: Substring) -> Bool {
        Double(text) != nil || ["+Inf", "-Inf", "NaN", "Inf"].contains(text)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
                || byte == 58
        }
    }

    /// Behind `{name="value",…}`; nil where it is none.
    private static func endOfLabels(_ text: Substring) -> Substring.Index? {
        var rest = text.dropFirst()
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            if rest.first == "}" { return rest.index(after: rest.startIndex) }
            let name = rest.prefix { $0 != "=" && $0 != " " && $0 != "}" }
            rest = rest[name.endIndex...].drop { $0 == " " }
            guard isName(String(name)), rest.first == "=" else { return nil }
            rest = rest.dropFirst().drop { $0 == " " }
            guard rest.first == "\"", let end = endOfText(rest) else { return nil }
            rest = rest[end...]
        }
    }

    /// Behind the quote that closes the first one.
    private static func endOfText(_ text: Substring) -> Substring.Index? {
        var isEscaped = false
        for index in text.indices.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\" {
                isEscaped = true
            } else if text[index] == "\"" {
                return text.index(after: index)
            }
        }
        return nil
    }
}
