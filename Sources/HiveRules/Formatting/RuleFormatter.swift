import HiveCEL

/// Lays rule files out in one way: keys in the order in which people read them, two columns for each level, no spaces
/// at the ends of lines, one blank line at most. Comments stay with what they stand above, values as they are written.
public enum RuleFormatter {
    /// The formatted text. Throws where the text is not valid YAML, or where the new one would not mean the same.
    public static func format(_ source: RuleFiles.Source) throws(RuleError) -> String {
        let text = source.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .joined(separator: "\n")
        var formatted: [String] = []
        for document in RuleFiles.documents(of: text) {
            let layout = DocumentLayout(document.text).text
            try compare(document, layout, path: source.path)
            formatted.append(layout)
        }
        return formatted.enumerated().map { $0.offset == 0 ? $0.element : "---\n" + $0.element }.joined()
    }

    /// Formatting must not change what a document says.
    private static func compare(
        _ document: (text: String, line: Int), _ formatted: String, path: String
    ) throws(RuleError) {
        let before = try value(document.text, path, document.line)
        let after = try value(formatted, path, document.line)
        guard before.equals(after) else {
            throw RuleError(
                "the document cannot be formatted without changing what it says",
                at: RuleLocation(path: path, line: document.line + 1, column: 1),
                hint: "indent with spaces, the same for all keys of a mapping")
        }
    }

    private static func value(_ text: String, _ path: String, _ line: Int) throws(RuleError) -> Value {
        let composer = YAMLComposer(path: path, text: text, lineOffset: line)
        guard let node = try composer.compose() else { return .null }
        return try YAMLValue.value(node, at: RuleLocation(path: path, line: line + 1, column: 1))
    }
}
