import HiveCEL

/// Makes one decision out of all rules that apply. Deny before require-approval before transform before warn before
/// annotate before allow; inside a class the higher priority, then the newer version, then the name.
struct DecisionCombiner {
    private struct Applied {
        let rule: CompiledRule
        let command: ShellCommand?
        /// The effect after enforcement: a restriction that only warns is a warning.
        let effect: RuleEffect
    }

    private let inquiry: Inquiry
    private let label: String
    private var applied: [Applied] = []
    private var shadow: [Decision.Match] = []
    private var errors: [Decision.Failure] = []

    init(inquiry: Inquiry, label: String) {
        self.inquiry = inquiry
        self.label = label
    }

    mutating func take(_ rule: CompiledRule, _ outcome: CompiledRule.Outcome) {
        switch outcome {
        case .no: return
        case .yes(let command): apply(rule, command)
        case .failure(let error):
            errors.append(Decision.Failure(id: rule.rule.name, message: error.description))
            if rule.rule.failsClosed { apply(rule, nil) }
        }
    }

    private mutating func apply(_ rule: CompiledRule, _ command: ShellCommand?) {
        switch rule.rule.enforcement {
        case .shadow: shadow.append(Self.match(rule.rule))
        case .warn where rule.rule.effect.restricts:
            applied.append(Applied(rule: rule, command: command, effect: .warn))
        case .warn, .enforce: applied.append(Applied(rule: rule, command: command, effect: rule.rule.effect))
        }
    }

    private static func match(_ rule: Rule) -> Decision.Match {
        Decision.Match(id: rule.name, version: rule.version, effect: rule.effect, enforcement: rule.enforcement)
    }

    var decision: Decision {
        let standing = applied.filter { !isLifted($0) }
        let verdicts = standing.filter { !$0.effect.isSetting }.sorted(by: Self.precedes)
        var decision = Decision(effect: .allow, allowed: true, rule: nil, message: "no rule has a say", ruleSet: label)
        if let first = verdicts.first {
            decision.effect = first.effect
            decision.allowed = !first.effect.restricts
            decision.rule = Decision.RuleReference(id: first.rule.rule.name, version: first.rule.rule.version)
            decision.message = first.rule.message(inquiry, first.command)
            decision.remediation = first.rule.rule.remediation
        }
        decision.matched = applied.sorted(by: Self.precedes).map { Self.match($0.rule.rule) }
        decision.shadow = shadow.sorted { $0.id < $1.id }
        decision.errors = errors
        decision.settings = settings(standing)
        transform(verdicts, &decision)
        return decision
    }

    private static func precedes(_ left: Applied, _ right: Applied) -> Bool {
        let a = left.rule.rule
        let b = right.rule.rule
        if left.effect != right.effect { return left.effect.order < right.effect.order }
        if a.priority != b.priority { return a.priority > b.priority }
        if a.version != b.version { return a.version > b.version }
        return (a.name, a.set) < (b.name, b.set)
    }

    /// An allow lifts what it names, where its authority is at least as wide.
    private func isLifted(_ candidate: Applied) -> Bool {
        guard candidate.effect.restricts else { return false }
        return applied.contains { other in
            other.effect == .allow && other.rule.rule.overrides.contains(candidate.rule.rule.name)
                && other.rule.rule.scope.narrowness <= candidate.rule.rule.scope.narrowness
        }
    }

    /// Lower priorities first, so that the highest has the last word.
    private func settings(_ standing: [Applied]) -> [String: Value] {
        var settings: [String: Value] = [:]
        for item in standing.filter({ $0.effect.isSetting }).sorted(by: { Self.ascends($0, $1) }) {
            guard let setting = item.rule.rule.setting else { continue }
            switch (item.effect, settings[setting.name], setting.value) {
            case (.append, .list(let old)?, .list(let new)): settings[setting.name] = .list(old + new)
            case (.append, .list(let old)?, let new): settings[setting.name] = .list(old + [new])
            case (.append, nil, .list(let new)): settings[setting.name] = .list(new)
            case (.append, let old, let new): settings[setting.name] = .list((old.map { [$0] } ?? []) + [new])
            case (.merge, .map(let old)?, .map(let new)): settings[setting.name] = .map(Self.merged(old, new))
            default: settings[setting.name] = setting.value
            }
        }
        return settings
    }

    private static func ascends(_ left: Applied, _ right: Applied) -> Bool {
        let a = left.rule.rule
        let b = right.rule.rule
        return a.priority == b.priority ? (a.name, a.set) < (b.name, b.set) : a.priority < b.priority
    }

    private static func merged(_ old: ValueMap, _ new: ValueMap) -> ValueMap {
        var result: [String: Value] = [:]
        for entry in old.entries + new.entries {
            guard case .string(let key) = entry.key else { continue }
            result[key] = entry.value
        }
        return ValueMap(result)
    }

    /// Applies transformations where nothing restricts; a transformation that fails restricts.
    private func transform(_ verdicts: [Applied], _ decision: inout Decision) {
        guard decision.effect == .transform else { return }
        for item in verdicts.filter({ $0.effect == .transform }).reversed() {
            switch item.rule.transformed(inquiry, item.command) {
            case .success(let fields): decision.transformed.merge(fields) { _, later in later }
            case .failure(let error):
                decision.errors.append(Decision.Failure(id: item.rule.rule.name, message: error.description))
                decision.effect = .deny
                decision.allowed = false
                decision.message = "the transformation `\(item.rule.rule.name)` cannot be made: \(error.message)"
            }
        }
    }
}
