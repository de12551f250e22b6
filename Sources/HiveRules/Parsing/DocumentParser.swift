import HiveCEL
import HiveCore
import Yams

/// Reads one document of any kind.
struct DocumentParser {
    let path: String
    let text: String
    let lineOffset: Int

    enum Document {
        case rule(Rule)
        case set(RuleSetDocument)
        case exception(RuleException)
        case schema(EventSchemaDocument)
    }

    static let kinds = ["Rule", "RuleSet", "RuleException", "EventSchema"]

    /// Nil for a document without anything in it.
    func parse() throws(RuleError) -> Document? {
        guard let node = try YAMLComposer(path: path, text: text, lineOffset: lineOffset).compose() else { return nil }
        var reader = try YAMLReader(node, path: path, lineOffset: lineOffset, what: "a document")
        let version = try reader.requiredText("apiVersion")
        guard version == "hive/v1" else {
            throw RuleError(
                "unknown apiVersion `\(version)`", at: reader.location(of: "apiVersion"), hint: "use hive/v1")
        }
        let document: Document
        switch try reader.requiredText("kind") {
        case "Rule": document = .rule(try RuleParser(text: text).rule(&reader))
        case "RuleSet": document = .set(try set(&reader))
        case "RuleException": document = .exception(try ExceptionParser(text: text).exception(&reader))
        case "EventSchema": document = .schema(try EventSchemaParser(text: text).schema(&reader))
        case "RuleTemplate":
            throw RuleError(
                "a template is no rule yet", at: reader.location(of: "kind"),
                hint: "keep it outside of rule folders and fill it: hivectl rules new --from FILE")
        case let other:
            throw RuleError(
                "unknown kind `\(other)`", at: reader.location(of: "kind"),
                hint: Suggestion.nearest(to: other, among: Self.kinds)
                    ?? "use \(Self.kinds.joined(separator: ", "))")
        }
        try reader.finish()
        return document
    }

    private func set(_ reader: inout YAMLReader) throws(RuleError) -> RuleSetDocument {
        var metadata = try reader.requiredReader("metadata")
        let set = RuleSetDocument(
            name: try metadata.name(), version: try metadata.version(), location: reader.location)
        try metadata.finish()
        return set
    }
}

/// What all documents have.
extension YAMLReader {
    mutating func name() throws(RuleError) -> String {
        let name = try requiredText("name")
        guard ScopeName.isValid(name: name) else {
            throw RuleError(
                "`\(name)` is no name", at: location(of: "name"), hint: "use letters, digits, `.`, `_`, `-`, at most 64"
            )
        }
        return name
    }

    mutating func version() throws(RuleError) -> Int64 {
        guard let version = try integer("version") else { return 1 }
        guard version > 0 else {
            throw RuleError("`version` must be at least 1", at: location(of: "version"), hint: "count versions from 1")
        }
        return version
    }

    mutating func requiredReader(_ key: String) throws(RuleError) -> YAMLReader {
        guard let reader = try reader(key) else { throw RuleError("`\(key)` is missing", at: location, hint: "add it") }
        return reader
    }
}
