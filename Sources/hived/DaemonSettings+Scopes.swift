import Configuration
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// `scopes.defaults`: where memories of each kind go unless their writer says otherwise.
extension DaemonSettings {
    private static let defaults = ["scopes", "defaults"]

    /// `hive`, `engram`, or a scope for each kind, on top of what a hive has.
    static func defaultScopes(_ reader: ConfigReader) throws -> DefaultScopes {
        if let name = reader.string(forKey: ConfigKey(defaults)) {
            switch name {
            case "hive": return .hive
            case "engram": return .engram
            default:
                throw HiveError(
                    .invalidInput, "`\(name)` is no value of scopes.defaults",
                    hint: "use hive, engram, or a scope for each kind, as in {semantic: agent}")
            }
        }
        var scopes = DefaultScopes.hive
        for kind in EngramKind.allCases {
            guard let text = reader.string(forKey: ConfigKey(defaults + [kind.rawValue])) else { continue }
            guard let place = DefaultScopes.Place(text) else {
                throw HiveError(
                    .invalidInput, "`\(text)` is no scope for \(kind.rawValue) memories",
                    hint: "use instance, agent, agent:NAME, collective:NAME or universal")
            }
            scopes[kind] = place
        }
        return scopes
    }
}

extension ConfigurationFile {
    /// Reads `scopes` so that a key that nobody knows is noticed.
    static func checkScopes(_ reader: inout YAMLReader) throws(RuleError) {
        guard var scopes = try reader.reader("scopes") else { return }
        do { _ = try scopes.text("defaults") } catch {
            // What is no name is a scope for each kind.
            guard var defaults = try scopes.reader("defaults") else { throw error }
            for kind in EngramKind.allCases { _ = try defaults.text(kind.rawValue) }
            try defaults.finish()
        }
        try scopes.finish()
    }
}
