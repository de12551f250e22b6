import Configuration
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// `agents` and `messages` of `hive.yaml`.
extension DaemonSettings {
    /// How agents are known, and how long messages stay. Throws `invalid_input` for what makes no sense.
    static func agents(_ reader: ConfigReader) throws -> AgentSettings {
        var settings = AgentSettings()
        if let text = reader.string(forKey: ConfigKey(["agents", "scope"])) {
            guard let scope = ScopeName(text) else {
                throw HiveError(
                    .invalidInput, "`\(text)` is no value of agents.scope",
                    hint: "use instance, collective:NAME or universal")
            }
            settings.scope = scope
        }
        if let seconds = try duration(["agents", "idleAfter"], 1...3600, in: reader) { settings.idleAfter = seconds }
        let year: Int64 = 366 * 86_400
        if let seconds = try duration(["messages", "expire"], 1...year, in: reader) {
            settings.messageExpiry = seconds
        }
        if let seconds = try duration(["messages", "expireBroadcasts"], 1...year, in: reader) {
            settings.broadcastExpiry = seconds
        }
        return settings
    }

    private static func duration(
        _ path: [String], _ range: ClosedRange<Int64>, in reader: ConfigReader
    ) throws -> Int64? {
        guard let text = reader.string(forKey: ConfigKey(path)) else { return nil }
        guard let seconds = DurationText.seconds(text), range.contains(seconds) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no value of \(path.joined(separator: "."))",
                hint: "\(DurationText.advice), from \(range.lowerBound) to \(range.upperBound) seconds")
        }
        return seconds
    }
}

extension ConfigurationFile {
    /// The keys of `agents` and `messages`.
    static func checkAgents(_ reader: inout YAMLReader) throws(RuleError) {
        for (section, keys) in [("agents", ["idleAfter"]), ("messages", ["expire", "expireBroadcasts"])] {
            guard var fields = try reader.reader(section) else { continue }
            if section == "agents" { _ = try fields.text("scope") }
            for key in keys {
                guard let text = try fields.text(key), DurationText.seconds(text) == nil else { continue }
                throw RuleError("`\(text)` is no duration", at: fields.location(of: key), hint: DurationText.advice)
            }
            try fields.finish()
        }
    }
}
