import HiveCEL
import HiveRules
import Testing

/// Asking the rules that the index finds, asking all of them, and evaluating every condition by itself is the same.
@Suite struct IndexPropertyTests {
    private static let conditions = [
        "cmd.hasFlag('--force', '-f')", "cmd.program == 'rm'", "cmd.program in ['git', 'rm']",
        "cmd.text.startsWith('git p')", "cmd.args.exists(a, a == 'x' || a.endsWith('in'))", "'x' in cmd.args",
        "commands.exists(c, c.program == 'rm' && c.hasFlag('-r'))", "commands.exists(c, c.program in params.programs)",
        "commands.all(c, c.program == 'ls')", "commands.exists(c, tool == 'Bash')",
        "tool == 'Bash'", "'Edit' == tool", "tool in ['Bash', 'Read']", "tool.startsWith('B')", "tool != 'Bash'",
        "git.branch == 'main'", "has(git.branch) && git.branch == 'main'", "git.branch in params.protected",
        "git.branch.endsWith('in')", "git.repo.contains('hive')", "has(git.repo)",
        "content.contains('secret')", "content.matches('AKIA[0-9]{3}') || content.matches('BEGIN .*KEY')",
        "content.contains('a') || content.startsWith('x')", "content.matches('(?i)akia')",
        "content.contains('a') || git.branch == 'main'", "content == ''", "size(content) > 3",
        "'admin' in agent.roles", "agent.roles.exists(r, r == 'dev' && tool == 'Bash')",
        "agent.roles.exists(r, r.startsWith('d'))", "agent.name.startsWith('a') || true", "agent.name == params.name",
        "1 / 0 == 1", "params.limit > 2", "params.missing == 'x'", "path.matches('^src/.*[.]swift$')", "true", "false",
        "args.depth == 'x'",
    ]

    private func condition(_ random: inout SeededGenerator, depth: Int = 0) -> String {
        if depth > 2 || random.chance(40) { return random.pick(Self.conditions) }
        let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in condition(&random, depth: depth + 1) }
        switch random.pick([0, 0, 0, 1, 1, 2]) {
        case 0: return "(" + parts.joined(separator: " && ") + ")"
        case 1: return "(" + parts.joined(separator: " || ") + ")"
        default: return "!(" + parts[0] + ")"
        }
    }

    private func list(_ choices: [String], _ random: inout SeededGenerator) -> String {
        let count = random.pick([0, 0, 1, 1, 2])
        return "[" + choices.shuffled(using: &random).prefix(count).map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    private func rule(_ number: Int, _ random: inout SeededGenerator) -> String {
        let effects = ["allow", "deny", "warn", "annotate", "require-approval"]
        return """
            apiVersion: hive/v1
            kind: Rule
            metadata: {name: r\(number), version: \(Int.random(in: 1...3, using: &random))}
            spec:
              priority: \(Int.random(in: 1...3, using: &random))
              match:
                events: \(list(["tool.pre", "commit", "tool.*", "*", "co?mit"], &random))
                tools: \(list(["Bash", "Edit", "B*", "*h", "*as*"], &random))
                commands: \(list(["git push*", "rm *", "*x", "ls", "*"], &random))
                roles: \(list(["dev", "adm*", "ops"], &random))
              when: "\(condition(&random))"
              params: {limit: 3, name: ann, protected: [main, release], programs: [rm, dd, 7]}
              onError: \(random.pick(["deny", "skip"]))
              effect: \(random.pick(effects))
            """
    }

    private func input(_ random: inout SeededGenerator) -> [String: Value] {
        var fields: [String: Value] = ["event": .string(random.pick(["tool.pre", "commit", "tool.post"]))]
        func text(_ name: String, _ choices: [String], _ random: inout SeededGenerator) {
            if random.chance(60) { fields[name] = .string(random.pick(choices)) }
        }
        text("tool", ["Bash", "Edit", "Read"], &random)
        text(
            "command", ["git push --force", "rm -rf x", "ls", "true && git push origin main", "echo x; rm -r y", ""],
            &random)
        text("content", ["a secret", "AKIA123", "BEGIN A KEY", "xyz", "", "none"], &random)
        text("path", ["src/a.swift", "b.txt"], &random)
        var git: [String: Value] = [:]
        if random.chance(50) { git["branch"] = .string(random.pick(["main", "topic", "release"])) }
        if random.chance(50) { git["repo"] = .string(random.pick(["hive", "other"])) }
        if random.chance(70) { fields["git"] = .map(ValueMap(git)) }
        var agent: [String: Value] = [:]
        if random.chance(50) { agent["name"] = .string(random.pick(["ann", "bo"])) }
        let roles = ["dev", "admin", "ops"].shuffled(using: &random).prefix(random.pick([0, 1, 2]))
        if random.chance(60) { agent["roles"] = .list(roles.map(Value.string)) }
        if random.chance(70) { fields["agent"] = .map(ValueMap(agent)) }
        if random.chance(40) { fields["args"] = .map(ValueMap(["depth": random.pick([.string("x"), .int(1)])])) }
        return fields
    }

    @Test("The engine says what the conditions say, errors included", arguments: 0..<300 as Range<UInt64>)
    func equivalence(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = (0..<Int.random(in: 1...40, using: &random)).map { rule($0, &random) }.joined(separator: "\n---\n")
        let rules = try RuleFiles.load([.init(path: "set/rules.yaml", text: text)]).rules
        let set = try CompiledRuleSet.compile(rules, label: "test")
        let dumb = try DumbLaw(rules: rules)
        for _ in 0..<8 {
            let fields = input(&random)
            let input = try DecisionInput(.map(ValueMap(fields)))
            let indexed = set.decide(input, now: 0)
            #expect(Self.comparable(indexed) == Self.comparable(set.decideNaively(input, now: 0)), "seed \(seed)")
            let expected = dumb.answer(fields)
            let failures = Set(indexed.errors.map(\.id))
            let applied = Set(indexed.matched.map(\.id)).subtracting(failures)
            #expect(failures == expected.fails, "seed \(seed), \(fields)")
            #expect(applied == expected.applies, "seed \(seed), \(fields)")
        }
    }

    private static func comparable(_ decision: Decision) -> String {
        var decision = decision
        decision.candidates = 0
        decision.evaluated = 0
        return JSONText.render(decision.value)
    }
}
