import HiveCEL

/// Whether the parts of a rule fit its effect.
enum RuleCoherence {
    static func check(_ rule: Rule, at location: RuleLocation) throws(RuleError) {
        if rule.isAbstract { return }
        if rule.effect.isSetting, rule.changes.isEmpty {
            throw RuleError("`setting` is missing", at: location, hint: "setting: {name: …, value: …}")
        }
        if !rule.effect.isSetting, rule.setting != nil {
            throw RuleError(
                "`setting` goes with the effects set, append and merge only", at: location,
                hint: "beside other effects write settings: [{effect: set, name: …, value: …}]")
        }
        if rule.effect.isSetting, rule.violation != nil {
            throw RuleError(
                "`violation` goes with effects on the verdict only", at: location, hint: "put the condition into when")
        }
        if (rule.effect == .transform) == rule.transform.isEmpty {
            throw RuleError(
                rule.effect == .transform
                    ? "`transform` is missing" : "`transform` goes with the effect transform only",
                at: location, hint: "transform: {command: \"…\"}")
        }
        if rule.effect == .merge, let setting = rule.setting, setting.value.typeName != "map" {
            throw RuleError("merge needs a mapping as its value", at: location, hint: "use set or append for others")
        }
    }
}
