import HiveCEL

/// Makes one decision out of all rules that apply. Deny before require-approval before transform before warn before
/// annotate before allow; inside a class the higher priority, then the narrower scope, then the newer version, then the
/// name.
struct DecisionCombiner {
    /// A rule that applies.
    struct Applied {
        let rule: CompiledRule
        let command: ShellCommand?
        /// The effect after enforcement: a restriction that only warns is a warning.
        let effect: RuleEffect
        /// Whether it applies because it could not be answered.
        let hasFailed: Bool
        /// That of the place it is assigned to, or its own.
        let priority: Int
    }

    private let inquiry: Inquiry
    private let label: String
    private var applied: [Applied] = []
    private var shadow: [Decision.Match] = []
    private var errors: [Decision.Failure] = []
    private var lifted: [Decision.Lift] = []

    init(inquiry: Inquiry, label: String) {
        self.inquiry = inquiry
        self.label = label
    }

    mutating func take(_ rule: CompiledRule, _ outcome: CompiledRule.Outcome) {
        switch outcome {
        case .no: return
        case .yes(let command): apply(rule, command, hasFailed: false)
        case .settings(let command): apply(rule, command, hasFailed: false, onlySettings: true)
        case .failure(let error):
            note(rule, error)
            if rule.rule.failsClosed { apply(rule, nil, hasFailed: true) }
        }
    }

    /// A condition that could not be answered.
    mutating func note(_ rule: CompiledRule, _ error: EvaluationError) {
        errors.append(Decision.Failure(id: rule.rule.name, message: error.description))
    }

    /// An exception kept a rule from applying.
    mutating func note(_ rule: CompiledRule, liftedBy exception: CompiledRule) {
        let lift = Decision.Lift(id: rule.rule.name, by: exception.rule.name, until: exception.until)
        if !lifted.contains(lift) { lifted.append(lift) }
    }

    private mutating func apply(
        _ rule: CompiledRule, _ command: ShellCommand?, hasFailed: Bool, onlySettings: Bool = false
    ) {
        var effect = onlySettings ? rule.rule.settings[0].effect : rule.rule.effect
        switch rule.rule.enforcement {
        case .shadow:
            shadow.append(Self.match(rule.rule, effect))
            return
        case .warn where effect.restricts || effect == .transform: effect = .warn
        case .warn, .enforce, .disabled: break
        }
        let priority = rule.assignments.priority(for: inquiry) ?? rule.rule.priority
        applied.append(
            Applied(rule: rule, command: command, effect: effect, hasFailed: hasFailed, priority: priority))
    }

    /// A rule of which only settings follow is told by what it does to the first of them.
    private static func match(_ rule: Rule, _ effect: RuleEffect) -> Decision.Match {
        Decision.Match(id: rule.name, version: rule.version, effect: effect, enforcement: rule.enforcement)
    }

    func decision() -> Decision {
        var lifts = lifted
        let standing = standing(&lifts)
        let hasSettings = standing.contains { $0.rule.rule.setting != nil || !$0.rule.rule.settings.isEmpty }
        let verdicts = Self.ordered(hasSettings ? standing.filter { !$0.effect.isSetting } : standing)
        var decision = Decision(effect: .allow, allowed: true, rule: nil, message: "no rule has a say", ruleSet: label)
        if let first = verdicts.first { describe(first, in: &decision) }
        decision.matched = Self.ordered(applied).map {
            Self.match($0.rule.rule, $0.effect.isSetting ? $0.effect : $0.rule.rule.effect)
        }
        if !shadow.isEmpty { decision.shadow = shadow.sorted { $0.id < $1.id } }
        if !lifts.isEmpty { decision.lifted = lifts.sorted { ($0.id, $0.by) < ($1.id, $1.by) } }
        decision.errors = errors
        if hasSettings {
            var settings = SettingsCombiner()
            for item in standing { settings.take(item.rule.rule, priority: item.priority) }
            let combined = settings.combined
            decision.settings = combined.settings
            decision.errors += combined.errors
        }
        transform(verdicts, &decision)
        return decision
    }

    /// The rules that no other lifts.
    private func standing(_ lifts: inout [Decision.Lift]) -> [Applied] {
        // Most sets have no overrides, and then all that applies stands.
        guard applied.contains(where: { !$0.rule.rule.overrides.isEmpty }) else { return applied }
        let liftedBy = applied.map { candidate in
            applied.indices.filter { isLifted(candidate, by: applied[$0]) }
        }
        // Only what stands lifts. Rules that lift each other in a circle all stand.
        var stands: [Bool?] = liftedBy.map { $0.isEmpty ? true : nil }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for place in applied.indices where stands[place] == nil {
                if let lifting = liftedBy[place].first(where: { stands[$0] == true }) {
                    let names = (applied[place].rule.rule.name, applied[lifting].rule.rule.name)
                    lifts.append(Decision.Lift(id: names.0, by: names.1, until: nil))
                    stands[place] = false
                } else if liftedBy[place].allSatisfy({ stands[$0] == false }) {
                    stands[place] = true
                } else {
                    continue
                }
                hasChanged = true
            }
        }
        return applied.indices.filter { stands[$0] != false }.map { applied[$0] }
    }

    private static func ordered(_ applied: [Applied]) -> [Applied] {
        applied.count > 1 ? applied.sorted(by: precedes) : applied
    }

    private func describe(_ deciding: Applied, in decision: inout Decision) {
        let rule = deciding.rule.rule
        decision.effect = deciding.effect
        decision.allowed = !deciding.effect.restricts
        decision.rule = Decision.RuleReference(id: rule.name, version: rule.version)
        decision.message =
            deciding.hasFailed ? unanswered(rule) : deciding.rule.message(inquiry, deciding.command)
        decision.remediation = rule.remediation
        decision.values = deciding.rule.values(inquiry, deciding.command)
    }

    /// What a rule says that counts because it could not be answered.
    private func unanswered(_ rule: Rule) -> String {
        let reason = errors.first { $0.id == rule.name }.map { ": \($0.message)" } ?? ""
        return "rule `\(rule.name)` cannot be answered\(reason)"
    }

    private static func precedes(_ left: Applied, _ right: Applied) -> Bool {
        let a = left.rule.rule
        let b = right.rule.rule
        if left.effect != right.effect { return left.effect.order < right.effect.order }
        if left.priority != right.priority { return left.priority > right.priority }
        if a.scope != b.scope { return a.scope.narrowness > b.scope.narrowness }
        if a.version != b.version { return a.version > b.version }
        return (a.name, a.set) < (b.name, b.set)
    }

    /// A rule lifts what it names, where its authority is at least as wide and it applies to every sub-command that
    /// the other one applies to.
    private func isLifted(_ candidate: Applied, by other: Applied) -> Bool {
        let (rule, lifting) = (candidate.rule.rule, other.rule.rule)
        // Where two versions of a set are in force, none lifts what the other says.
        guard lifting.overrides.contains(rule.name), !other.hasFailed, candidate.rule !== other.rule,
            lifting.set != rule.set || lifting.edition == rule.edition,
            lifting.scope.narrowness <= rule.scope.narrowness
        else { return false }
        // A restriction is lifted by a permission, or gives way to another restriction; nothing else sets it aside.
        guard !candidate.effect.restricts || other.effect == .allow || other.effect.restricts else { return false }
        guard let liftedBy = other.rule.outcomes(inquiry) else { return true }
        let lifted = candidate.rule.outcomes(inquiry)
        return liftedBy.indices.allSatisfy { place in
            if case .no? = lifted?[place] { return true }
            if case .yes = liftedBy[place] { return true }
            return false
        }
    }

    /// Makes transformations where nothing restricts. All of them see the input as it was asked; of two that replace the
    /// same field the one with the higher priority does. A transformation that fails restricts.
    private func transform(_ verdicts: [Applied], _ decision: inout Decision) {
        guard decision.effect == .transform else { return }
        for item in verdicts where item.effect == .transform {
            switch item.rule.transformed(inquiry, item.command) {
            case .success(let fields): decision.transformed.merge(fields) { higher, _ in higher }
            case .failure(let error):
                decision.errors.append(Decision.Failure(id: item.rule.rule.name, message: error.description))
                decision.effect = .deny
                decision.allowed = false
                decision.transformed = [:]
                decision.message = "the transformation `\(item.rule.rule.name)` cannot be made: \(error.message)"
                return
            }
        }
    }
}
