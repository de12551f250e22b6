import HiveAPI
import HiveRules

/// Refuses a configuration file with keys that nobody reads, or values that nobody could: a mistyped key would otherwise
/// leave a default in force that was meant to be changed.
enum ConfigurationFile {
    private static let texts = ["name", "listen", "mcp", "peers", "advertise", "log-level"]
    private static let lists = ["mcp-tools"]
    private static let truths = ["record-decisions"]

    /// Whether there is anything in it. Throws with the place of the first thing that is wrong. JSON is YAML.
    static func check(_ text: String, path: String) throws(HiveError) -> Bool {
        do throws(RuleError) {
            guard var reader = try YAMLReader.document(text, path: path, what: "the configuration") else {
                return false
            }
            for key in texts { _ = try reader.text(key) }
            for key in lists { _ = try reader.texts(key) }
            for key in truths { _ = try reader.bool(key) }
            if var search = try reader.reader("search") {
                _ = try search.text("meaning")
                try search.finish()
            }
            if var records = try reader.reader("records") {
                _ = try records.text("scope")
                try records.finish()
            }
            try reader.finish()
            return true
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }
}
