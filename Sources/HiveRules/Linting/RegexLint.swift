import HiveCEL

/// What regular expressions cost.
enum RegexLint {
    /// Patterns with more repetitions than this are large automata.
    private static let maximumRepetitions = 200

    static func problems(of rule: CompiledRule) -> [RuleLinter.Problem] {
        let programs =
            [rule.expressions.condition, rule.expressions.violation].compactMap(\.self)
            + rule.expressions.variables.programs
        return programs.flatMap { patterns(in: $0.syntax) }.flatMap { problems(of: $0) }
    }

    private static func problems(of pattern: String) -> [RuleLinter.Problem] {
        var problems: [RuleLinter.Problem] = []
        if pattern.hasPrefix(".*") || pattern.hasPrefix("^.*") || pattern.hasSuffix(".*") || pattern.hasSuffix(".*$") {
            problems.append(
                .init("regex-cost", "`\(pattern)` looks everywhere anyway; leave `.*` at its ends out", key: "when"))
        }
        let repetitions = repetitions(in: pattern)
        if repetitions > maximumRepetitions {
            problems.append(
                .init(
                    "regex-cost", "`\(pattern)` repeats parts \(repetitions) times; that makes every match slow",
                    key: "when"))
        }
        return problems
    }

    private static func patterns(in expression: Expression) -> [String] {
        var found: [String] = []
        if case .call("matches", _, let arguments) = expression.form, let last = arguments.last,
            case .literal(.string(let pattern)) = last.form
        {
            found.append(pattern)
        }
        return found + expression.form.children.flatMap { patterns(in: $0) }
    }

    /// The largest numbers of all `{m,n}`, multiplied where they nest and added where they do not, at most a million.
    private static func repetitions(in pattern: String) -> Int {
        var totals = [0]
        var last = 1
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                let escaped = rest.popFirst()
                // `\x{2705}` and `\p{Greek}` name characters.
                if let escaped, "xpP".contains(escaped), rest.first == "{" { rest = rest.drop { $0 != "}" } }
            case "(": totals.append(0)
            case ")" where totals.count > 1:
                last = max(1, totals.removeLast())
                totals[totals.count - 1] += last
                continue
            case "{":
                let numbers = rest.prefix { $0 != "}" }.split(separator: ",").compactMap { Int($0) }
                if let count = numbers.max() {
                    totals[totals.count - 1] = min(1_000_000, totals[totals.count - 1] + last * min(count, 1_000))
                }
            default: break
            }
            last = 1
        }
        return totals.reduce(0, +)
    }
}
