import Configuration
import HiveAPI
import HiveOnboarding
import HiveRules

/// `hooks`: what hooks do besides asking the law.
extension DaemonSettings {
    static func hooks(_ reader: ConfigReader) throws -> HookSettings {
        var settings = HookSettings()
        // YAML reads a bare `off` as false.
        let word =
            reader.string(forKey: "hooks.record") ?? reader.bool(forKey: "hooks.record").map { $0 ? "on" : "off" }
        if let word {
            guard let recording = HookSettings.Recording(rawValue: word) else {
                throw HiveError(
                    .invalidInput, "`\(word)` is no value of hooks.record", hint: "use episode, memory or off")
            }
            settings.recording = recording
        }
        settings.startBudget = try budget("start-budget", settings.startBudget, reader)
        settings.promptBudget = try budget("prompt-budget", settings.promptBudget, reader)
        if let text = reader.string(forKey: "hooks.register") {
            guard ["true", "false"].contains(text) else {
                throw HiveError(.invalidInput, "`\(text)` is no value of hooks.register", hint: "use true or false")
            }
            settings.registersAgents = text == "true"
        } else if let registers = reader.bool(forKey: "hooks.register") {
            settings.registersAgents = registers
        }
        return settings
    }

    private static func budget(_ key: String, _ usual: Int, _ reader: ConfigReader) throws -> Int {
        guard let budget = reader.int(forKey: ConfigKey(["hooks", key])) else { return usual }
        guard (0...3000).contains(budget) else {
            throw HiveError(
                .invalidInput, "`\(budget)` is no value of hooks.\(key)", hint: "use 0 to 3000 tokens; clients cut more"
            )
        }
        return budget
    }
}

extension ConfigurationFile {
    /// Reads `hooks` so that a key that nobody knows is noticed.
    static func checkHooks(_ reader: inout YAMLReader) throws(RuleError) {
        guard var hooks = try reader.reader("hooks") else { return }
        _ = try hooks.text("record")
        _ = try hooks.text("register")
        for key in ["start-budget", "prompt-budget"] {
            guard let text = try hooks.text(key), Int(text) == nil else { continue }
            throw RuleError("`\(text)` is no whole number", at: hooks.location(of: key), hint: "use a number of tokens")
        }
        try hooks.finish()
    }
}
