import HiveCEL
import HiveRules
import Testing

/// Asking the rules that the index finds and asking all of them is the same.
@Suite struct IndexPropertyTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let conditions = [
        "cmd.hasFlag('--force')", "tool == 'Bash'", "git.branch == 'main'", "commands.exists(c, c.program == 'rm')",
        "content.contains('x')", "1 / 0 == 1", "agent.name.startsWith('a') || true", "params.limit > 2",
    ]

    private func rules(_ random: inout Generator) -> String {
        (0..<Int.random(in: 1...12, using: &random)).map { number in
            let events = ["tool.pre", "commit", "tool.*", "*"].shuffled(using: &random).prefix(
                Int.random(in: 0...2, using: &random))
            let tools = ["Bash", "Edit", "B*"].shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
            let effect =
                ["allow", "deny", "warn", "annotate", "require-approval"].randomElement(using: &random) ?? "deny"
            let condition = Self.conditions.randomElement(using: &random) ?? "true"
            let onError = ["deny", "skip"].randomElement(using: &random) ?? "deny"
            return """
                apiVersion: hive/v1
                kind: Rule
                metadata: {name: r\(number), version: \(Int.random(in: 1...3, using: &random))}
                spec:
                  priority: \(Int.random(in: 1...3, using: &random))
                  match: {events: [\(events.map { "\"\($0)\"" }.joined(separator: ", "))], tools: [\(tools.map { "\"\($0)\"" }.joined(separator: ", "))]}
                  when: "\(condition)"
                  params: {limit: 3}
                  onError: \(onError)
                  effect: \(effect)
                """
        }.joined(separator: "\n---\n")
    }

    private func input(_ random: inout Generator) throws -> DecisionInput {
        let commands = ["git push --force", "rm -rf x", "ls", "true && git push"]
        var fields: [String: Value] = [
            "event": .string(["tool.pre", "commit", "tool.post"].randomElement(using: &random) ?? "commit")
        ]
        if Bool.random(using: &random) {
            fields["tool"] = .string(["Bash", "Edit"].randomElement(using: &random) ?? "Bash")
        }
        if Bool.random(using: &random) { fields["command"] = .string(commands.randomElement(using: &random) ?? "ls") }
        if Bool.random(using: &random) { fields["git"] = .map(ValueMap(["branch": .string("main")])) }
        if Bool.random(using: &random) { fields["content"] = .string("text") }
        return try DecisionInput(.map(ValueMap(fields)))
    }

    @Test("Indexed and naive decisions are equal, errors included", arguments: 0..<150 as Range<UInt64>)
    func equivalence(seed: UInt64) throws {
        var random = Generator(state: seed)
        let loaded = try RuleFiles.load([.init(path: "set/rules.yaml", text: rules(&random))])
        let set = try CompiledRuleSet.compile(loaded.rules, label: "test")
        for _ in 0..<10 {
            let input = try input(&random)
            var indexed = set.decide(input, now: 0)
            var naive = set.decideNaively(input, now: 0)
            for keyPath in [\Decision.candidates, \Decision.evaluated] {
                indexed[keyPath: keyPath] = 0
                naive[keyPath: keyPath] = 0
            }
            #expect(JSONText.render(indexed.value) == JSONText.render(naive.value), "seed \(seed)")
        }
    }
}
