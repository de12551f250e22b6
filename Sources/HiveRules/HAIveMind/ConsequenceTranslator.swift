import HiveCEL

/// What follows from a rule.
struct ConsequenceTranslator {
    private let rule: HAIveMindRule
    let transforms: TransformTranslator

    init(_ rule: HAIveMindRule) {
        self.rule = rule
        transforms = TransformTranslator(rule.actions)
    }

    var effect: RuleEffect {
        if rule.actions.contains(where: \.isVeto) { return .deny }
        if rule.actions.contains(where: { $0.type == .validate }) { return .warn }
        if !transforms.fields.isEmpty { return .transform }
        return changes.first?.effect ?? .annotate
    }

    /// What the effect asks for beside the conditions.
    func violation(_ variables: inout RuleVariables) -> String? {
        switch effect {
        case .deny, .warn: FindingTranslator(rule).violation(&variables)
        case .transform: transforms.violation
        default: nil
        }
    }

    /// What the action that decides says, or the rule's name.
    var message: String {
        let kind: HAIveMindAction.Kind = effect == .deny ? .block : .validate
        let actions = rule.actions.filter { $0.type == kind }
        return actions.lazy.compactMap { $0.parameters.text("message") }.first ?? rule.name
    }

    /// What changes settings, and what Hive does not do itself and tells who asks to do.
    var changes: [SettingChange] {
        var changes: [SettingChange] = []
        for action in rule.actions {
            switch action.type {
            case .set: changes.append(SettingChange(effect: .set, name: action.target, value: action.value))
            case .append: changes.append(SettingChange(effect: .append, name: action.target, value: action.value))
            case .merge: changes.append(SettingChange(effect: .merge, name: action.target, value: action.value))
            case .invoke: changes.append(Self.request(action))
            case .validate, .block, .transform: continue
            }
        }
        let isOwn = rule.actions.contains { $0.isVeto || $0.type == .validate }
        let told = isOwn ? rule.actions.filter { $0.type == .transform } : transforms.others
        return changes + told.map(Self.request)
    }

    private static func request(_ action: HAIveMindAction) -> SettingChange {
        let request = Mapping.value([
            ("target", .string(action.target)), ("value", action.value), ("parameters", .map(action.parameters)),
        ])
        return SettingChange(effect: .append, name: action.type.rawValue, value: .list([request]))
    }
}

extension SettingChange {
    /// The change as a rule document writes it.
    var document: Value {
        Mapping.value([("effect", .string(effect.rawValue)), ("name", .string(name)), ("value", value)])
    }
}
