import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// How tasks are handed out: the key `tasks` of the configuration.
enum TaskSection {
    /// Reads the configuration file, if there is one.
    static func policy(directory: String, file: String?) throws(HiveError) -> TaskPolicy {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }),
            let data = FileManager.default.contents(atPath: path)
        else { return TaskPolicy() }
        do throws(RuleError) {
            guard
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration"),
                var section = try reader.reader("tasks")
            else { return TaskPolicy() }
            return try policy(&section)
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    /// What stands under `tasks`, all of it.
    static func policy(_ reader: inout YAMLReader) throws(RuleError) -> TaskPolicy {
        var policy = TaskPolicy()
        if let text = try reader.text("scope") {
            guard let scope = ScopeName(text) else {
                throw wrong(text, "scope", in: reader, "use instance, agent:NAME, collective:NAME or universal")
            }
            policy.scope = scope
        }
        policy.offer = try duration("offer", &reader) ?? policy.offer
        policy.archive = try duration("archive", &reader) ?? policy.archive
        if var weights = try reader.reader("weights") {
            policy.weights.capability = try weight("capability", &weights) ?? policy.weights.capability
            policy.weights.load = try weight("load", &weights) ?? policy.weights.load
            policy.weights.trust = try weight("trust", &weights) ?? policy.weights.trust
            policy.weights.recency = try weight("recency", &weights) ?? policy.weights.recency
            try weights.finish()
        }
        try reader.finish()
        return policy
    }

    private static func duration(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> Int64? {
        guard let text = try reader.text(key) else { return nil }
        guard let seconds = DurationText.seconds(text) else { throw wrong(text, key, in: reader, DurationText.advice) }
        return seconds
    }

    private static func weight(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> Double? {
        guard let text = try reader.text(key) else { return nil }
        guard let number = Double(text), (0...1).contains(number) else {
            throw wrong(text, "weights.\(key)", in: reader, "use a number from 0 to 1")
        }
        return number
    }

    private static func wrong(_ text: String, _ key: String, in reader: YAMLReader, _ advice: String) -> RuleError {
        let place = key.split(separator: ".").last.map(String.init) ?? key
        return RuleError("`\(text)` is no value of tasks.\(key)", at: reader.location(of: place), hint: advice)
    }
}
