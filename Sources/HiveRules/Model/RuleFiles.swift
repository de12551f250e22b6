/// Reads rule files: one or more YAML documents, each a rule or the name of a set.
public enum RuleFiles {
    /// A file to read.
    public struct Source: Sendable, Hashable {
        public let path: String
        public let text: String

        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// All rules of some files with the sets that they name.
    public struct Contents: Sendable {
        public var rules: [Rule] = []
        public var sets: [RuleSetDocument] = []
    }

    static let maximumBytes = 1 << 20

    /// Reads files in order of their paths. Rules without a set document belong to the set of their folder.
    /// Names must be unique within a set.
    public static func load(_ sources: [Source]) throws(RuleError) -> Contents {
        var contents = Contents()
        for source in sources.sorted(by: { $0.path < $1.path }) { try load(source, into: &contents) }
        let names = Dictionary(contents.sets.map { (folder(of: $0.location.path), $0.name) }) { first, _ in first }
        for index in contents.rules.indices where contents.rules[index].set.isEmpty {
            let folder = folder(of: contents.rules[index].location.path)
            contents.rules[index].set = names[folder] ?? folder
        }
        var seen: [String: RuleLocation] = [:]
        for rule in contents.rules {
            if let first = seen["\(rule.set)/\(rule.name)"] {
                throw RuleError("the rule `\(rule.name)` stands twice", at: rule.location, hint: "first at \(first)")
            }
            seen["\(rule.set)/\(rule.name)"] = rule.location
        }
        return contents
    }

    private static func load(_ source: Source, into contents: inout Contents) throws(RuleError) {
        guard source.text.utf8.count <= maximumBytes else {
            throw RuleError(
                "the file is larger than 1 MiB", at: RuleLocation(path: source.path, line: 1, column: 1))
        }
        var rules: [Rule] = []
        var set: RuleSetDocument?
        for document in documents(of: source.text) {
            let parser = DocumentParser(path: source.path, text: document.text, lineOffset: document.line)
            switch try parser.parse() {
            case .rule(let rule): rules.append(rule)
            case .set(let named):
                guard set == nil else { throw RuleError("a file names one set only", at: named.location) }
                set = named
            case nil: continue
            }
        }
        contents.rules += rules.map { rule in
            var rule = rule
            rule.set = set?.name ?? ""
            return rule
        }
        if let set { contents.sets.append(set) }
    }

    /// The name of the folder that a file is in; `default` at the top.
    static func folder(of path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count >= 2 ? String(parts[parts.count - 2]) : "default"
    }

    /// Cuts a file at lines of three dashes; `line` is how many lines stand before.
    private static func documents(of text: String) -> [(text: String, line: Int)] {
        var documents: [(text: String, line: Int)] = []
        var lines: [Substring] = []
        var start = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "---" || line.hasPrefix("--- ") {
                documents.append((lines.joined(separator: "\n"), start))
                lines = []
                start = number + 1
            } else {
                lines.append(line)
            }
        }
        documents.append((lines.joined(separator: "\n"), start))
        return documents
    }
}
