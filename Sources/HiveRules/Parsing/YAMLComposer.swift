import Yams

/// Turns the text of one document into nodes, and refuses texts that are made to exhaust who reads them.
struct YAMLComposer {
    let path: String
    let text: String
    let lineOffset: Int
    /// Whether a parser of JSON, which bounds nesting and knows no aliases, has read the text before.
    var isJSON = false

    /// How deep brackets, and how far lines may be indented.
    static let maximumDepth = 64
    static let maximumIndentation = 256

    /// Nil for a text without a document.
    func compose() throws(RuleError) -> Node? {
        if !isJSON, let danger = YAMLHazards.first(in: text) {
            throw RuleError(
                danger.message,
                at: RuleLocation(path: path, line: danger.line + lineOffset, column: danger.column), hint: danger.hint)
        }
        // What a scalar means is told from its text alone: guessing tags would run six patterns over each of them.
        do { return try Yams.compose(yaml: text, .basic, .default, .utf8) } catch let error as YamlError {
            throw explained(error)
        } catch {
            throw RuleError(
                "not valid YAML: \(error)", at: RuleLocation(path: path, line: lineOffset + 1, column: 1),
                hint: "check the indentation")
        }
    }

    private func explained(_ error: YamlError) -> RuleError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return RuleError(
                "not valid YAML: \(problem)",
                at: RuleLocation(path: path, line: mark.line + lineOffset, column: mark.column), hint: hint(problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted()
            return RuleError(
                "`\(names.first ?? "a key")` stands twice",
                at: RuleLocation(path: path, line: context.mark.line + lineOffset, column: context.mark.column),
                hint: "keep one of them")
        default:
            return RuleError(
                "not valid YAML: \(error)", at: RuleLocation(path: path, line: lineOffset + 1, column: 1),
                hint: "check the indentation")
        }
    }

    private func hint(_ problem: String) -> String {
        problem.contains("mapping values") ? "put texts with `: ` in quotes" : "check quotes, brackets and indentation"
    }
}
