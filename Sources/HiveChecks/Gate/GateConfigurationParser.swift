import HiveCEL
public import HiveRules

/// Reads `.hive/check.yaml` strictly.
public enum GateConfigurationParser {
    /// Throws with file, line and column for unknown keys, wrong types and what is no YAML.
    public static func parse(_ bytes: [UInt8], path: String) throws(RuleError) -> GateConfiguration {
        let source = try RuleFiles.Source(path: path, bytes: bytes)
        var configuration = GateConfiguration()
        guard var reader = try YAMLReader.document(source.text, path: path, what: "the configuration") else {
            return configuration
        }
        let usesStandardTerms = try reader.bool("standardTerms") ?? true
        var terms = usesStandardTerms ? BannedTerm.standard : []
        for var entry in try reader.readers("terms") { terms.append(try term(&entry)) }
        configuration.terms = terms
        if var severities = try reader.reader("severities") { configuration.severities = try levels(&severities) }
        if reader.keysInOrder.contains("packs") { configuration.packs = try reader.texts("packs") }
        configuration.rules = try reader.texts("rules")
        configuration.exclude = PathPatterns(try reader.texts("exclude"))
        configuration.baseline = try reader.text("baseline")
        if let text = try reader.text("maximumSize") {
            guard let size = ByteSize.bytes(text) else {
                throw RuleError(
                    "`\(text)` is no size", at: reader.location(of: "maximumSize"), hint: "write 512KiB, 1MiB or 65536")
            }
            configuration.maximumSize = size
        }
        try reader.finish()
        return configuration
    }

    private static func term(_ reader: inout YAMLReader) throws(RuleError) -> BannedTerm {
        let text = try reader.requiredText("text")
        guard !text.contains(where: \.isNewline) else {
            throw RuleError("a term stands on one line", at: reader.location(of: "text"), hint: "ban each line's words")
        }
        var term = BannedTerm(
            text, message: try reader.text("message") ?? "", remediation: try reader.text("remediation") ?? "")
        term.isWholeWord = try reader.bool("wholeWord") ?? true
        term.isCaseSensitive = try reader.bool("caseSensitive") ?? false
        term.include = PathPatterns(try reader.texts("include"))
        term.exclude = PathPatterns(try reader.texts("exclude"))
        try reader.finish()
        return term
    }

    private static func levels(_ reader: inout YAMLReader) throws(RuleError) -> [String: Severity] {
        var levels: [String: Severity] = [:]
        for rule in reader.keysInOrder {
            levels[rule] = try reader.choice(rule, as: Severity.self)
        }
        return levels
    }
}
