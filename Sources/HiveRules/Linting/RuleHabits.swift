import HiveCEL

/// What every rule should have, and should not have.
enum RuleHabits {
    static func problems(of rule: CompiledRule, names: Set<String>, now: Int64) -> [RuleLinter.Problem] {
        let document = rule.rule
        var problems: [RuleLinter.Problem] = []
        if document.effect.restricts, document.message == nil {
            problems.append(.init("no-message", "restricts without a message; say why"))
        }
        if document.effect.restricts, document.remediation == nil {
            problems.append(.init("no-remediation", "has no remediation; say what to do instead"))
        }
        if let until = rule.until, until <= now {
            problems.append(.init("expired", "has expired and decides nothing", key: "effective"))
        }
        if let from = rule.from, let until = rule.until, until <= from {
            problems.append(.init("unreachable", "ends before it begins and decides nothing", key: "effective"))
        }
        for name in document.overrides where !names.contains(name) {
            problems.append(
                .init("unknown-override", "overrides `\(name)`, which is not among these rules", key: "overrides"))
        }
        return problems + unused(rule)
    }

    /// Parameters and variables that nothing asks for.
    private static func unused(_ rule: CompiledRule) -> [RuleLinter.Problem] {
        let expressions = rule.expressions
        let programs =
            [expressions.condition, expressions.violation, expressions.message].compactMap(\.self)
            + expressions.transform.map(\.program) + expressions.variables.programs
        let paths = Set(programs.flatMap { ValuePath.all(in: $0.syntax) })
        // `params` as a whole, or by index, may mean any of them.
        let usesAll = paths.contains { $0.root == "params" && $0.fields.isEmpty }
        let params = rule.rule.params.keys.sorted().filter { name in
            !usesAll && !paths.contains { $0.root == "params" && $0.fields.first == name }
        }
        let variables = rule.rule.variables.map(\.name).filter { name in
            !paths.contains { $0.root == "variables" && $0.fields.first == name }
        }
        return params.map { .init("unused", "never asks for params.\($0)", key: "params") }
            + variables.map { .init("unused", "never asks for variables.\($0)", key: "variables") }
    }
}
