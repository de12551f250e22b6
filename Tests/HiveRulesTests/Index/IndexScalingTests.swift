import HiveCEL
import HiveRules
import Testing

/// What a decision costs depends on what the input concerns, not on how many rules there are.
@Suite struct IndexScalingTests {
    /// Rules over services, branches and paths, each for its own; in `when` as often as in `match`.
    private func law(_ count: Int) throws -> CompiledRuleSet {
        let template = try RuleFiles.load([
            .init(
                path: "set/r.yaml", text: "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: r}\nspec: {effect: warn}\n"
            )
        ]).rules[0]
        let rules = (0..<count).map { number in
            var rule = template
            rule.name = "r\(number)"
            rule.match.events = ["tool.pre"]
            switch number % 5 {
            case 0: rule.when = "git.branch == 'feature-\(number)'"
            case 1: rule.match.paths = ["services/s\(number)/**"]
            case 2: rule.match.commands = ["deploy s\(number)*"]
            case 3: rule.when = "tool == 'Bash' && content.contains('token-\(number)!')"
            default: rule.when = "has(git.repo) && git.repo.endsWith('/r\(number)')"
            }
            return rule
        }
        return try CompiledRuleSet.compile(rules, label: "")
    }

    @Test("Ten thousand rules cost as many candidates as ten")
    func scaling() throws {
        let git: [String: Value] = ["branch": .string("feature-5"), "repo": .string("org/r9")]
        let input = try DecisionInput(
            .map(
                ValueMap([
                    "event": .string("tool.pre"), "tool": .string("Bash"), "path": .string("services/s6/main.swift"),
                    "command": .string("deploy s7 --now"), "content": .string("a token-8! in a text"),
                    "git": .map(ValueMap(git)),
                ])))
        for count in [10, 10_000] {
            let decision = try law(count).decide(input, now: 0)
            #expect(decision.matched.map(\.id).sorted() == ["r5", "r6", "r7", "r8", "r9"], "\(count) rules")
            #expect(decision.candidates <= 10, "\(count) rules")
            #expect(decision.evaluated <= 6, "\(count) rules")
        }
    }

    @Test("Two weak guards together are as good as a strong one")
    func combinations() throws {
        let template = try RuleFiles.load([
            .init(
                path: "set/r.yaml", text: "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: r}\nspec: {effect: warn}\n"
            )
        ]).rules[0]
        let rules = (0..<900).map { number in
            var rule = template
            rule.name = "r\(number)"
            rule.match.tools = ["t\(number / 30)"]
            rule.match.agents = ["a\(number % 30)"]
            return rule
        }
        let set = try CompiledRuleSet.compile(rules, label: "")
        let agent = Value.map(ValueMap(["name": .string("a7")]))
        let input = try DecisionInput(
            .map(ValueMap(["event": .string("tool.pre"), "tool": .string("t3"), "agent": agent])))
        let decision = set.decide(input, now: 0)
        #expect(decision.matched.map(\.id) == ["r97"])
        #expect(decision.candidates == 1)
    }

    @Test("The report names the way to each rule and warns where every request has to take it")
    func report() throws {
        func rule(_ name: String, _ spec: String) -> String {
            "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: \(name)}\nspec:\n  effect: warn\n  \(spec)\n"
        }
        let text = [
            rule("always", "when: size(commands) > 3"), rule("by-event", "match: {events: [commit]}"),
            rule("by-tool-event", "match: {events: [tool.*]}"),
            rule("by-branch", "when: git.branch in ['main', 'release']"),
            rule("by-flag", "when: cmd.hasFlag('--force') && size(cmd.args) > 1"),
            rule("alternatives", "when: tool == 'Bash' || size(content) > 9"),
        ].joined(separator: "---\n")
        let set = try CompiledRuleSet.compile(
            try RuleFiles.load([.init(path: "s/r.yaml", text: text)]).rules, label: "")
        let entries = Dictionary(uniqueKeysWithValues: set.indexReport.entries.map { ($0.rule, $0) })
        #expect(entries["always"]?.warning?.contains("every request must") == true)
        #expect(entries["alternatives"]?.warning?.contains("every request must") == true)
        #expect(entries["by-event"]?.found == "by event is `commit`")
        #expect(entries["by-event"]?.warning == nil)
        #expect(entries["by-tool-event"]?.warning?.contains("every use of a tool") == true)
        #expect(entries["by-branch"]?.found == "by git.branch is `main` or `release`")
        #expect(entries["by-branch"]?.warning == nil)
        #expect(entries["by-flag"]?.found == "by cmd.hasFlag is `--force`")
    }
}
