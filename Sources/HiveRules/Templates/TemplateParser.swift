import HiveCEL

/// Reads the file of a template.
struct TemplateParser {
    private let source: RuleFiles.Source

    /// What a file says.
    struct Parsed {
        let name: String
        let version: Int64
        let summary: String
        let parameters: [TemplateParameter]
        let body: String
    }

    init(_ source: RuleFiles.Source) { self.source = source }

    func template() throws(RuleError) -> Parsed {
        let documents = RuleFiles.documents(of: source.text)
        let start = RuleLocation(path: source.path, line: 1, column: 1)
        guard let head = documents.first,
            let node = try YAMLComposer(path: source.path, text: head.text, lineOffset: 0).compose()
        else { throw RuleError("there is nothing in the file", at: start, hint: "begin with kind: RuleTemplate") }
        var reader = try YAMLReader(node, path: source.path, lineOffset: 0, what: "a template")
        guard try reader.requiredText("apiVersion") == "hive/v1", try reader.requiredText("kind") == "RuleTemplate"
        else {
            throw RuleError(
                "the first document is no template", at: start,
                hint: "begin with apiVersion: hive/v1, kind: RuleTemplate")
        }
        var metadata = try reader.requiredReader("metadata")
        var spec = try reader.requiredReader("spec")
        let (name, version) = (try metadata.name(), try metadata.version())
        try metadata.finish()
        let summary = try spec.requiredText("summary")
        let parameters = try parameters(&spec)
        try spec.finish()
        try reader.finish()
        guard documents.count > 1 else {
            throw RuleError("the template has no rules", at: start, hint: "put them behind a line of three dashes")
        }
        let body = documents.dropFirst().map(\.text).joined(separator: "\n---\n")
        return Parsed(name: name, version: version, summary: summary, parameters: parameters, body: body)
    }

    private func parameters(_ spec: inout YAMLReader) throws(RuleError) -> [TemplateParameter] {
        guard var entries = try spec.reader("parameters") else { return [] }
        var parameters: [TemplateParameter] = []
        for name in entries.keysInOrder {
            guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), !name.isEmpty else {
                throw RuleError(
                    "`\(name)` is no name for a parameter", at: entries.location, hint: "use letters and digits")
            }
            guard var entry = try entries.reader(name) else { continue }
            parameters.append(try parameter(name, &entry))
        }
        return parameters
    }

    private func parameter(_ name: String, _ entry: inout YAMLReader) throws(RuleError) -> TemplateParameter {
        let location = entry.location
        let isRequired = try entry.bool("required") ?? false
        let (fallback, example) = (try entry.value("default"), try entry.value("example"))
        guard isRequired == (fallback == nil), !isRequired || example != nil else {
            throw RuleError(
                "`\(name)` needs a default, or `required: true` and an example", at: location,
                hint: "a required parameter has no default")
        }
        let type = try entry.choice("type", as: TemplateParameter.Kind.self) ?? .string
        let (description, pattern) = (try entry.requiredText("description"), try entry.text("pattern"))
        let allowed = try entry.texts("allowed")
        try entry.finish()
        do {
            return try TemplateParameter(
                name, type: type, description: description, fallback: fallback, example: example, pattern: pattern,
                allowed: allowed)
        } catch {
            throw RuleError("the pattern of `\(name)`: \(error.message)", at: location, hint: "write a pattern of RE2")
        }
    }
}
