import HiveCEL

/// Reads rule files: one or more YAML documents, each a rule, an exception, a schema of events, or the name of a set.
public enum RuleFiles {
    /// A file to read.
    public struct Source: Sendable, Hashable {
        public let path: String
        public let text: String

        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }

        /// Throws for bytes that are no UTF-8, with the place of the first one.
        public init(path: String, bytes: [UInt8]) throws(RuleError) {
            self.path = path
            if let text = String(validating: bytes, as: UTF8.self) {
                self.text = text
                return
            }
            throw RuleError(
                "the file is not valid UTF-8", at: Self.firstInvalid(bytes, path: path), hint: "save it as UTF-8")
        }

        private static func firstInvalid(_ bytes: [UInt8], path: String) -> RuleLocation {
            var decoder = UTF8()
            var iterator = bytes.makeIterator()
            var (line, column) = (1, 1)
            while case .scalarValue(let scalar) = decoder.decode(&iterator) {
                (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
            }
            return RuleLocation(path: path, line: line, column: column)
        }
    }

    /// All documents of some files.
    public struct Contents: Sendable {
        public var rules: [Rule] = []
        public var sets: [RuleSetDocument] = []
        public var exceptions: [RuleException] = []
        public var schemas: [EventSchemaDocument] = []

        /// What a push distributes: every rule, exception and schema by its name, with its text.
        public var entries: [Entry] {
            rules.map { Entry(name: $0.name, set: $0.set, text: $0.text) }
                + exceptions.map { Entry(name: $0.name, set: $0.set, text: $0.text) }
                + schemas.map { Entry(name: $0.name, set: $0.set, text: $0.text) }
        }
    }

    /// One document of a set.
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let set: String
        public let text: String
    }

    static let maximumBytes = 1 << 20

    /// Reads files in order of their paths. Documents without a set document belong to the set of their folder.
    /// Names must be unique within a set.
    public static func load(_ sources: [Source]) throws(RuleError) -> Contents {
        var contents = Contents()
        for source in sources.sorted(by: { $0.path < $1.path }) { try load(source, into: &contents) }
        let names = Dictionary(contents.sets.map { (folder(of: $0.location.path), $0.name) }) { first, _ in first }
        func set(_ own: String, _ location: RuleLocation) -> String {
            let folder = folder(of: location.path)
            return own.isEmpty ? names[folder] ?? folder : own
        }
        for index in contents.rules.indices {
            contents.rules[index].set = set(contents.rules[index].set, contents.rules[index].location)
        }
        for index in contents.exceptions.indices {
            contents.exceptions[index].set = set(contents.exceptions[index].set, contents.exceptions[index].location)
        }
        for index in contents.schemas.indices {
            contents.schemas[index].set = set(contents.schemas[index].set, contents.schemas[index].location)
        }
        try refuseDuplicates(contents)
        return contents
    }

    private static func refuseDuplicates(_ contents: Contents) throws(RuleError) {
        let named =
            contents.rules.map { ("\($0.set)/\($0.name)", $0.location) }
            + contents.exceptions.map { ("\($0.set)/\($0.name)", $0.location) }
            + contents.schemas.map { ("\($0.set)/\($0.name)", $0.location) }
        var seen: [String: RuleLocation] = [:]
        for (name, location) in named {
            if let first = seen[name] {
                throw RuleError("the name `\(name)` stands twice", at: location, hint: "first at \(first)")
            }
            seen[name] = location
        }
    }

    private static func load(_ source: Source, into contents: inout Contents) throws(RuleError) {
        guard source.text.utf8.count <= maximumBytes else {
            throw RuleError(
                "the file is larger than 1 MiB", at: RuleLocation(path: source.path, line: 1, column: 1),
                hint: "divide it")
        }
        let own = contents.sets.count
        var found = Contents()
        for document in documents(of: source.text) {
            let parser = DocumentParser(path: source.path, text: document.text, lineOffset: document.line)
            switch try parser.parse() {
            case .rule(let rule): found.rules.append(rule)
            case .exception(let exception): found.exceptions.append(exception)
            case .schema(let schema): found.schemas.append(schema)
            case .set(let named):
                guard contents.sets.count == own else {
                    throw RuleError("a file names one set only", at: named.location, hint: "use a file for each set")
                }
                contents.sets.append(named)
            case nil: continue
            }
        }
        let set = contents.sets.count > own ? contents.sets[own].name : ""
        for index in found.rules.indices { found.rules[index].set = set }
        for index in found.exceptions.indices { found.exceptions[index].set = set }
        for index in found.schemas.indices { found.schemas[index].set = set }
        contents.rules += found.rules
        contents.exceptions += found.exceptions
        contents.schemas += found.schemas
    }

    /// The name of the folder that a file is in; `default` at the top.
    static func folder(of path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count >= 2 ? String(parts[parts.count - 2]) : "default"
    }

    /// Cuts a file at lines of three dashes; `line` is how many lines stand before.
    static func documents(of text: String) -> [(text: String, line: Int)] {
        var documents: [(text: String, line: Int)] = []
        var lines: [Substring] = []
        var start = 0
        let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (number, line) in all.enumerated() {
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
