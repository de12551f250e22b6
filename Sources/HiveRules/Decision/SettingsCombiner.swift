import HiveCEL

/// Combines behaviour settings, lower priorities first, so that the highest has the last word: `set` replaces, `append`
/// adds to a list, `merge` adds to a mapping, level by level.
struct SettingsCombiner {
    private var rules: [Rule] = []

    mutating func take(_ rule: Rule) { rules.append(rule) }

    var settings: [String: Value] { combined.settings }

    /// Rules whose values do not fit what is there; they leave the setting as it was.
    var errors: [Decision.Failure] { combined.errors }

    private var combined: (settings: [String: Value], errors: [Decision.Failure]) {
        var settings: [String: Value] = [:]
        var errors: [Decision.Failure] = []
        for rule in rules.sorted(by: Self.ascends) {
            guard let setting = rule.setting else { continue }
            if let value = Self.value(rule.effect, settings[setting.name], setting.value) {
                settings[setting.name] = value
            } else {
                let present = settings[setting.name]?.typeName ?? "nothing"
                errors.append(
                    Decision.Failure(
                        id: rule.name,
                        message: "cannot \(rule.effect.rawValue) to `\(setting.name)`, which is a \(present)"))
            }
        }
        return (settings, errors)
    }

    private static func value(_ effect: RuleEffect, _ old: Value?, _ new: Value) -> Value? {
        switch (effect, old, new) {
        case (.append, .list(let old)?, .list(let new)): return .list(old + new)
        case (.append, .list(let old)?, _): return .list(old + [new])
        case (.append, nil, .list): return new
        case (.append, nil, _): return .list([new])
        case (.append, .map?, _): return nil
        case (.append, let old?, .list(let new)): return .list([old] + new)
        case (.append, let old?, _): return .list([old, new])
        case (.merge, .map(let old)?, .map(let new)): return .map(merged(old, new))
        case (.merge, nil, .map): return new
        case (.merge, _, _): return nil
        default: return new
        }
    }

    private static func merged(_ old: ValueMap, _ new: ValueMap) -> ValueMap {
        var result = ValueMap()
        for entry in old.entries {
            let replaced = new[entry.key]
            if case .map(let inner) = entry.value, case .map(let other)? = replaced {
                _ = result.insert(.map(merged(inner, other)), for: entry.key)
            } else {
                _ = result.insert(replaced ?? entry.value, for: entry.key)
            }
        }
        // Keys that are there already are refused.
        for entry in new.entries { _ = result.insert(entry.value, for: entry.key) }
        return result
    }

    private static func ascends(_ a: Rule, _ b: Rule) -> Bool {
        if a.priority != b.priority { return a.priority < b.priority }
        if a.scope != b.scope { return a.scope.narrowness < b.scope.narrowness }
        if a.version != b.version { return a.version < b.version }
        return (b.name, b.set) < (a.name, a.set)
    }
}
