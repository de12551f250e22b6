import HiveCEL

/// Combines behaviour settings. By the strategy of the rule with the highest rank that speaks of a setting its rules
/// are put in order; then they speak in that order, so that the last one has the last word: `set` replaces, `append`
/// adds to a list, `merge` adds to a mapping, level by level. The order in which rules are taken does not matter.
struct SettingsCombiner {
    /// One rule's word on one setting.
    private struct Word {
        let rule: Rule
        let priority: Int
        let change: SettingChange
        /// Which of the rule's changes it is.
        let place: Int
    }

    private var words: [String: [Word]] = [:]

    /// `priority` is that of the place where the rule is assigned.
    mutating func take(_ rule: Rule, priority: Int) {
        for (place, change) in rule.changes.enumerated() {
            words[change.name, default: []].append(
                Word(rule: rule, priority: priority, change: change, place: place))
        }
    }

    /// The settings; and rules whose values do not fit what is there, which leave the setting as it was.
    var combined: (settings: [String: Value], errors: [Decision.Failure]) {
        var settings: [String: Value] = [:]
        var errors: [Decision.Failure] = []
        for (name, words) in words.sorted(by: { $0.key < $1.key }) {
            var value: Value?
            for word in Self.speakers(words) {
                if let next = Self.value(word.change.effect, value, word.change.value) {
                    value = next
                } else {
                    let effect = word.change.effect.rawValue
                    let present = value?.typeName ?? "nothing"
                    errors.append(
                        Decision.Failure(
                            id: word.rule.name, message: "cannot \(effect) to `\(name)`, which is a \(present)"))
                }
            }
            settings[name] = value
        }
        return (settings, errors)
    }

    /// The words that count, in the order in which they are spoken.
    private static func speakers(_ words: [Word]) -> [Word] {
        let ranked = words.sorted(by: ascends)
        switch ranked.last?.rule.strategy {
        case .highestPriority, nil: return ranked
        case .mostSpecific: return ordered(ranked) { Int64($0.scope.narrowness) }
        case .latestCreated: return ordered(ranked) { $0.created ?? .min }
        case .consensus: return consensus(ranked)
        case .override: return overriding(ranked)
        }
    }

    /// By some measure of the rules, and by rank where that is equal.
    private static func ordered(_ ranked: [Word], by measure: (Rule) -> Int64) -> [Word] {
        let keyed = ranked.enumerated().map { (measure($0.element.rule), $0.offset, $0.element) }
        return keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// The most common of the values that are set comes first; what is appended and merged is added to it.
    private static func consensus(_ ranked: [Word]) -> [Word] {
        let votes = ranked.filter { $0.change.effect == .set }
        var best: (word: Word, count: Int)?
        for vote in votes {
            let count = votes.count { $0.change.value.equals(vote.change.value) }
            if count >= best?.count ?? 0 { best = (vote, count) }
        }
        return (best.map { [$0.word] } ?? []) + ranked.filter { $0.change.effect != .set }
    }

    /// All words of the one rule that overrides the others.
    private static func overriding(_ ranked: [Word]) -> [Word] {
        let candidates = ranked.filter { $0.rule.strategy == .override }
        guard let winner = ordered(candidates, by: { Int64($0.scope.narrowness) }).last else { return ranked }
        return candidates.filter { ($0.rule.name, $0.rule.home) == (winner.rule.name, winner.rule.home) }
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

    private static func ascends(_ left: Word, _ right: Word) -> Bool {
        let (a, b) = (left.rule, right.rule)
        if left.priority != right.priority { return left.priority < right.priority }
        if a.scope != b.scope { return a.scope.narrowness < b.scope.narrowness }
        if a.version != b.version { return a.version < b.version }
        if (a.name, a.home) != (b.name, b.home) { return (b.name, b.home) < (a.name, a.home) }
        return left.place < right.place
    }
}
