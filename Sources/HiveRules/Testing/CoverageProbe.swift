import HiveCEL

/// Watches one rule while cases are asked.
struct CoverageProbe {
    private let rule: CompiledRule
    private let parts: [Part]
    private var hasApplied = false
    private var hasNotApplied = false
    private var seenTrue: [Bool]
    private var seenFalse: [Bool]

    private struct Part {
        let text: String
        let program: Program
    }

    init(_ rule: CompiledRule) {
        self.rule = rule
        var parts: [Part] = []
        if let condition = rule.expressions.condition {
            for part in Self.parts(of: condition.syntax) {
                let text = unparse(part)
                do throws(CompilationError) {
                    let program = try Program.compileUnchecked(text, in: rule.expressions.environment)
                    parts.append(Part(text: text, program: program))
                } catch { continue }
            }
        }
        // One part alone says no more than whether the rule applies.
        self.parts = parts.count > 1 ? parts : []
        seenTrue = Array(repeating: false, count: self.parts.count)
        seenFalse = seenTrue
    }

    private static func parts(of expression: Expression) -> [Expression] {
        switch expression.form {
        case .call("_&&_", nil, let parts), .call("_||_", nil, let parts), .call("!_", nil, let parts):
            parts.flatMap { self.parts(of: $0) }
        default: [expression]
        }
    }

    mutating func ask(_ inquiry: Inquiry) {
        var evaluated = 0
        switch rule.evaluate(inquiry, evaluated: &evaluated) {
        case .yes: hasApplied = true
        case .no, .settings: hasNotApplied = true
        case .failure: break
        }
        guard !parts.isEmpty, rule.patterns.allSatisfy({ $0.fits(inquiry) }) else { return }
        guard rule.looksAtCommand else { return note(rule.activation(inquiry, nil)) }
        for command in inquiry.commands where rule.commandPatterns.allSatisfy({ $0.fits(command) }) {
            note(rule.activation(inquiry, command))
        }
    }

    private mutating func note(_ activation: RuleActivation) {
        for (place, part) in parts.enumerated() {
            if case .success(.bool(let truth)) = activation.evaluate(part.program) {
                if truth { seenTrue[place] = true } else { seenFalse[place] = true }
            }
        }
    }

    var entry: RuleCoverage.Entry {
        var missing: [String] = []
        if !hasApplied { missing.append("no case in which it applies") }
        if !hasNotApplied { missing.append("no case in which it does not apply") }
        for (place, part) in parts.enumerated() {
            if !seenTrue[place] { missing.append("`\(part.text)` is never true") }
            if !seenFalse[place] { missing.append("`\(part.text)` is never false") }
        }
        let total = 2 + 2 * parts.count
        return RuleCoverage.Entry(
            rule: rule.rule.name, location: rule.rule.location, missing: missing, seen: total - missing.count,
            total: total)
    }
}
