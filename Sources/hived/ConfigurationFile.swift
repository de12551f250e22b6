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
            for key in lists {
                guard let words = try reader.words(key), words.isEmpty else { continue }
                throw RuleError(
                    "`\(key)` is empty", at: reader.location(of: key), hint: "name one at least, or leave it out")
            }
            for key in truths { _ = try reader.bool(key) }
            if var search = try reader.reader("search") {
                if search.isMapping("meaning") {
                    try checkServer(try search.reader("meaning"), MeaningSetting.keys)
                } else {
                    _ = try search.text("meaning")
                }
                _ = try search.text("alpha")
                _ = try BeliefSettings.ranking(&search)
                try search.finish()
            }
            try checkServer(try reader.reader("summaries"), ServerSetting.keys)
            if var belief = try reader.reader("belief") { _ = try BeliefSettings.policy(&belief) }
            try BackupSettings.check(&reader)
            try checkEncryption(&reader)
            try checkScopes(&reader)
            try checkWorking(&reader)
            try AccessSettings.check(&reader)
            try checkAgents(&reader)
            try checkAuthorization(&reader)
            if var lifecycle = try reader.reader("lifecycle") { _ = try LifecycleSection.section(&lifecycle) }
            if var conflicts = try reader.reader("conflicts") { _ = try ConflictSection.settings(&conflicts) }
            if var tasks = try reader.reader("tasks") { _ = try TaskSection.policy(&tasks) }
            if var seals = try reader.reader("seals") { _ = try SealSection.policy(&seals) }
            if var records = try reader.reader("records") {
                _ = try records.text("scope")
                try records.finish()
            }
            try OperatingSection.check(&reader)
            try checkHooks(&reader)
            try reader.finish()
            return true
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    private static func checkServer(_ reader: YAMLReader?, _ keys: [String]) throws(RuleError) {
        guard var reader else { return }
        guard !reader.keysInOrder.contains("key") else {
            throw RuleError(
                "a key does not belong into the configuration", at: reader.location(of: "key"),
                hint: "put it into a file of its own and name that: key-file")
        }
        for key in keys { _ = try reader.text(key) }
        try reader.finish()
    }
}
