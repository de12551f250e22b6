import HiveCEL
import HiveRules

/// Asks every rule by evaluating its whole condition: no guards, no index, nothing clever. What the engine says must be
/// what this says.
struct DumbLaw {
    private let rules: [(rule: Rule, program: Program)]

    init(rules: [Rule]) throws {
        self.rules = try rules.map {
            ($0, try Program.compile($0.when ?? "true", in: InputSchema.standard.environment))
        }
    }

    struct Answer: Hashable {
        var applies: Set<String> = []
        var fails: Set<String> = []
    }

    func answer(_ input: [String: Value]) -> Answer {
        var answer = Answer()
        for (rule, program) in rules {
            switch outcome(rule, program, input) {
            case true: answer.applies.insert(rule.name)
            case false: continue
            case nil: answer.fails.insert(rule.name)
            }
        }
        return answer
    }

    /// Nil where the condition cannot be answered.
    private func outcome(_ rule: Rule, _ program: Program, _ input: [String: Value]) -> Bool? {
        let matchesInput = [
            (rule.match.events, texts(input["event"])), (rule.match.tools, texts(input["tool"])),
            (rule.match.paths, texts(input["path"])), (rule.match.roles, texts(member("roles", input["agent"]))),
            (rule.match.agents, texts(member("name", input["agent"]))),
        ].allSatisfy { patterns, texts in
            patterns.isEmpty || texts.contains { text in patterns.contains { fits(text[...], $0[...]) } }
        }
        guard matchesInput else { return false }
        let commands = texts(input["command"]).flatMap(ShellParser.commands)
        guard program.mentions("cmd") || !rule.match.commands.isEmpty else {
            return evaluate(program, rule, input, nil, commands)
        }
        let results = commands.filter { command in
            rule.match.commands.isEmpty || rule.match.commands.contains { fits(command.text[...], $0[...]) }
        }.map { evaluate(program, rule, input, $0, commands) }
        if results.contains(true) { return true }
        return results.contains(nil) ? nil : false
    }

    private func evaluate(
        _ program: Program, _ rule: Rule, _ input: [String: Value], _ command: ShellCommand?, _ commands: [ShellCommand]
    ) -> Bool? {
        var variables = input
        for name in ["agent", "git", "machine"] where variables[name] == nil { variables[name] = .map(ValueMap()) }
        variables["cmd"] = command.map { .object($0) }
        variables["commands"] = .list(commands.map { .object($0) })
        variables["params"] = .map(ValueMap(rule.params))
        guard case .success(.bool(let answer)) = program.evaluate(DictionaryActivation(variables)) else { return nil }
        return answer
    }

    private func member(_ name: String, _ value: Value?) -> Value? {
        guard case .map(let map)? = value else { return nil }
        return map[name]
    }

    private func texts(_ value: Value?) -> [String] {
        switch value {
        case .string(let text)?: [text]
        case .list(let values)?: values.flatMap { texts($0) }
        default: []
        }
    }

    /// Patterns by trying everything; there are no slashes in these texts.
    private func fits(_ text: Substring, _ pattern: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return fits(text, pattern.dropFirst()) || (!text.isEmpty && fits(text.dropFirst(), pattern))
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return fits(text.dropFirst(), pattern.dropFirst())
    }
}
