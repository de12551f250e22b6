import HiveCEL

/// What whoever imports should know.
extension RuleTranslator {
    mutating func note(_ violation: String?) {
        if isUnassigned {
            warnings.append(
                "is for one \(rule.scope.rawValue) and does not say which: it is kept and applies nowhere; assign it")
        }
        if consequence.effect == .deny, violation == nil, rule.conditions.isEmpty {
            let target = rule.actions.first(where: \.isVeto)?.target ?? ""
            warnings.append(
                "vetoes everything: it has no conditions, and `\(target)` names nothing to look for; add a condition")
        }
        if let id = original.id, id != rule.documentName {
            warnings.append("has an id that is no name here (`\(id)`)")
        }
        for check in rule.actions where check.type == .validate {
            guard check.parameters.list("patterns").isEmpty, !Self.isPattern(check.value) else { continue }
            warnings.append(
                "checks `\(check.target)`, which Hive cannot see: what the question says in args.\(check.target) counts"
            )
        }
        for action in rule.actions where action.type == .invoke {
            warnings.append("invokes `\(action.target)`: who asks is told to, as the setting `invoke`")
        }
        if consequence.changes.contains(where: { $0.name == "transform" && $0.effect == .append }) {
            warnings.append("transforms what Hive does not: who asks is told to, as the setting `transform`")
        }
        noteDependencies()
    }

    private static func isPattern(_ value: Value) -> Bool {
        guard case .string(let name) = value else { return false }
        return !Detector.conditions(name).isEmpty
    }

    private mutating func noteDependencies() {
        for other in replaced where other.scope.narrowness < rule.scope.narrowness {
            warnings.append(
                "replaces `\(other.documentName)`, which is wider: what a wider rule forbids stays forbidden")
        }
        for other in required where other.status != .active {
            warnings.append("requires `\(other.documentName)`, which is not in force")
        }
        for dependency in dependencies {
            let isHere = replaced.contains { ($0.id ?? $0.name) == dependency.dependsOn }
            switch dependency.type {
            case .conflicts: warnings.append("conflicts with `\(dependency.dependsOn)`: by rank, as all rules do")
            case .replaces where !isHere:
                warnings.append("replaces `\(dependency.dependsOn)`, which is not in this file")
            case .replaces, .requires, .enhances: continue
            }
        }
    }
}
