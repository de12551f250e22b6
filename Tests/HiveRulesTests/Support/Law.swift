import HiveCEL
import HiveRules

/// Short ways to make laws and questions.
enum Law {
    /// A rule as a document; `spec` is one flow mapping without its brackets.
    static func rule(_ name: String, _ spec: String, more: String = "") -> String {
        "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: \(name)}\nspec: {\(spec)}\n\(more)"
    }

    static func exception(_ name: String, _ spec: String) -> String {
        "apiVersion: hive/v1\nkind: RuleException\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }

    static func load(_ documents: [String], path: String = "set/rules.yaml") throws(RuleError) -> RuleFiles.Contents {
        try RuleFiles.load([.init(path: path, text: documents.joined(separator: "---\n"))])
    }

    static func compile(
        _ documents: [String], zones: (any TimeZoneProvider)? = nil
    ) throws(RuleError) -> CompiledRuleSet {
        try CompiledRuleSet.compile(try load(documents), label: "test", zones: zones)
    }

    static func error(_ documents: [String], zones: (any TimeZoneProvider)? = nil) -> RuleError? {
        do throws(RuleError) {
            _ = try compile(documents, zones: zones)
            return nil
        } catch { return error }
    }

    /// From JSON.
    static func input(_ json: String, _ law: CompiledRuleSet = .empty) throws -> DecisionInput {
        try DecisionInput(try JSONText.parse(json), schema: law.schema)
    }

    static func run(_ command: String) -> Value {
        .map(ValueMap(["event": .string("tool.pre"), "tool": .string("Bash"), "command": .string(command)]))
    }
}
