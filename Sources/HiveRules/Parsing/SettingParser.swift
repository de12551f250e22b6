import HiveCEL

/// Reads `setting` and `settings`.
enum SettingParser {
    static func setting(_ spec: inout YAMLReader) throws(RuleError) -> RuleSetting? {
        guard var setting = try spec.reader("setting") else { return nil }
        let result = RuleSetting(name: try setting.requiredText("name"), value: try setting.value("value") ?? .null)
        try setting.finish()
        return result
    }

    static func changes(_ spec: inout YAMLReader) throws(RuleError) -> [SettingChange] {
        var changes: [SettingChange] = []
        for var entry in try spec.readers("settings") {
            let effect = try entry.choice("effect", as: RuleEffect.self) ?? .set
            guard effect.isSetting else {
                throw RuleError(
                    "`\(effect.rawValue)` does nothing to a setting", at: entry.location(of: "effect"),
                    hint: "use set, append or merge")
            }
            let name = try entry.requiredText("name")
            let value = try entry.value("value") ?? .null
            guard effect != .merge || value.typeName == "map" else {
                throw RuleError(
                    "merge needs a mapping as its value", at: entry.location, hint: "use set or append for others")
            }
            try entry.finish()
            changes.append(SettingChange(effect: effect, name: name, value: value))
        }
        return changes
    }
}
