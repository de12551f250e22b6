import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// What is done about writes that disagree: the key `conflicts` of the configuration.
enum ConflictSection {
    /// Reads the configuration file, if there is one.
    static func settings(directory: String, file: String?) throws(HiveError) -> ConflictSettings {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }),
            let data = FileManager.default.contents(atPath: path)
        else { return ConflictSettings() }
        do throws(RuleError) {
            guard
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration"),
                var section = try reader.reader("conflicts")
            else { return ConflictSettings() }
            return try settings(&section)
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    /// What stands under `conflicts`, all of it.
    static func settings(_ reader: inout YAMLReader) throws(RuleError) -> ConflictSettings {
        var settings = ConflictSettings()
        var rules: [ConflictPolicies.Rule] = []
        for var entry in try reader.readers("policies") { rules.append(try rule(&entry)) }
        settings.policies.rules = rules
        settings.policies.priority = try reader.texts("priority")
        if let fallback = try policy("fallback", &reader) {
            guard fallback != .custom else {
                throw wrong("custom", "fallback", reader, "name what holds where nobody answers, as in newest")
            }
            settings.policies.fallback = fallback
        }
        if let seconds = try seconds("deadline", &reader) { settings.deadline = Double(seconds) }
        if let seconds = try seconds("reminder", &reader) { settings.reminder = seconds }
        try reader.finish()
        return settings
    }

    /// One policy with what it is for.
    private static func rule(_ reader: inout YAMLReader) throws(RuleError) -> ConflictPolicies.Rule {
        guard let policy = try policy("policy", &reader) else {
            throw RuleError("a policy is missing", at: reader.location, hint: "write policy: newest, or another one")
        }
        var rule = ConflictPolicies.Rule(policy)
        if let text = try reader.text("kind") {
            guard let kind = ConflictKind(rawValue: text) else {
                throw wrong(
                    text, "kind", reader, "use \(ConflictKind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            rule.kind = kind
        }
        if let text = try reader.text("scope") {
            guard let scope = ScopeName(text) else {
                throw wrong(text, "scope", reader, "use instance, agent:NAME, collective:NAME or universal")
            }
            rule.scope = scope
        }
        rule.category = try reader.text("category")
        rule.field = try reader.text("field")
        try reader.finish()
        return rule
    }

    private static func policy(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> ConflictPolicy? {
        guard let text = try reader.text(key) else { return nil }
        guard let policy = ConflictPolicy(rawValue: text) else {
            throw wrong(text, key, reader, "use \(ConflictPolicy.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return policy
    }

    private static func seconds(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> Int64? {
        guard let text = try reader.text(key) else { return nil }
        guard let seconds = DurationText.seconds(text) else { throw wrong(text, key, reader, DurationText.advice) }
        return seconds
    }

    private static func wrong(_ text: String, _ key: String, _ reader: YAMLReader, _ advice: String) -> RuleError {
        RuleError("`\(text)` is no value of conflicts.\(key)", at: reader.location(of: key), hint: advice)
    }
}
