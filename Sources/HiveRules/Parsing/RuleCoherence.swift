import HiveCEL

/// Whether the parts of a rule fit its effect.
enum RuleCoherence {
    static func check(_ rule: Rule, at location: RuleLocation) throws(RuleError) {
        if rule.isAbstract { return }
        if rule.effect.isSetting != (rule.setting != nil) {
            throw RuleError(
                rule.effect.isSetting
                    ? "`setting` is missing" : "`setting` goes with the effects set, append and merge only",
                at: location, hint: "setting: {name: …, value: …}")
        }
        if (rule.effect == .transform) == rule.transform.isEmpty {
            throw RuleError(
                rule.effect == .transform
                    ? "`transform` is missing" : "`transform` goes with the effect transform only",
                at: location, hint: "transform: {command: \"…\"}")
        }
        if !rule.overrides.isEmpty, rule.effect.isSetting {
            throw RuleError(
                "`overrides` goes with effects on the verdict only", at: location,
                hint: "settings are settled by priority")
        }
        if rule.effect == .merge, case .map(_)? = rule.setting?.value { return }
        if rule.effect == .merge {
            throw RuleError("merge needs a mapping as its value", at: location, hint: "use set or append for others")
        }
    }
}
