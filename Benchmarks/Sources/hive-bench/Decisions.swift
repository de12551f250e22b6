import Foundation
import HiveCEL
import HiveRules

/// Decisions a second as the law grows, with rules that the index tells apart, and with rules that it cannot.
struct Decisions {
    func run() throws {
        let first = try perDecision(rules: 10, selective: true)
        report("a decision by 10 rules", String(format: "%8.2f µs", first))
        for count in [100, 1000, 10_000] {
            let time = try perDecision(rules: count, selective: true)
            report(
                "a decision by \(count) rules, selective",
                String(format: "%8.2f µs  %.1f times as long", time, time / first))
        }
        report(
            "a decision by 1000 rules, a pattern each for one tool",
            String(format: "%8.2f µs", try perDecision(rules: 1000, selective: false)))
    }

    private func perDecision(rules count: Int, selective: Bool) throws -> Double {
        let documents = (0..<count).map { number in
            let condition =
                selective
                ? "git.branch == 'b\(number)' && command.startsWith('git')" : "command.matches('push +b0*\(number)$')"
            return """
                apiVersion: hive/v1
                kind: Rule
                metadata: {name: rule-\(number)}
                spec: {match: {events: [tool.pre], tools: [\(selective ? "Tool\(number)" : "Bash")]}, when: "\(condition)", effect: deny}
                """
        }
        var rules: [Rule] = []
        for (place, batch) in stride(from: 0, to: count, by: 500).enumerated() {
            let text = documents[batch..<min(batch + 500, count)].joined(separator: "\n---\n")
            rules += try RuleFiles.load([.init(path: "set/\(place).yaml", text: text)]).rules
        }
        let set = try CompiledRuleSet.compile(rules, label: "bench")
        let input = try DecisionInput(
            .map(
                ValueMap([
                    "event": .string("tool.pre"), "tool": .string(selective ? "Tool\(count / 2)" : "Bash"),
                    "command": .string("git push b\(count / 2)"),
                    "git": .map(ValueMap(["branch": .string("b\(count / 2)")])),
                ])))
        let rounds = selective ? 20_000 : 200
        var denied = 0
        let duration = ContinuousClock().measure {
            for _ in 0..<rounds where !set.decide(input, now: 0).allowed { denied += 1 }
        }
        precondition(denied == rounds, "the benchmark's rule must decide")
        return seconds(duration) * 1_000_000 / Double(rounds)
    }
}
