import HiveAPI
import HiveNode
import Testing

@Suite struct RecentDecisionsTests {
    private static let law = """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: no-force, version: 3}
        spec:
          match: {events: [tool.pre], commands: ["git push*"]}
          when: cmd.hasFlag('--force')
          effect: deny
          message: "'not by force'"
          remediation: Push without it.
        """

    private func ask(_ node: Node, _ command: String, agent: String = "ava") async throws {
        let input: JSONValue = ["event": "tool.pre", "tool": "Bash", "command": .string(command), "project": "press"]
        _ = try await node.decide(input, explain: false, as: Caller(role: .agent, agent: agent))
    }

    @Test("The last decisions are remembered with who asked, about what, and why")
    func remembers() async throws {
        let node = try LoneNode().node
        _ = try await node.push(
            PushRules(sources: [RuleSource(path: "git/rule.yaml", text: Self.law)], set: "git"), as: .operator)
        try await ask(node, "git push origin main")
        try await ask(node, "git push --force origin main", agent: "ben")
        let found = try await node.recentDecisions(DecisionQuery(), as: .operator).items
        #expect(found.map(\.effect) == ["deny", "allow"])
        let denied = try #require(found.first)
        #expect(denied.rule == "no-force" && denied.ruleVersion == 3 && denied.matched == ["no-force"])
        #expect(denied.subject == "git push --force origin main" && denied.name == "Bash")
        #expect(denied.agent == "ben" && denied.project == "press" && denied.event == "tool.pre")
        #expect(denied.message == "not by force" && denied.remediation == "Push without it." && !denied.allowed)
    }

    @Test("They are chosen by effect, rule and agent, and only an operator may look")
    func chooses() async throws {
        let node = try LoneNode().node
        try await ask(node, "ls")
        try await ask(node, "pwd", agent: "ben")
        func subjects(_ query: DecisionQuery) async throws -> [String?] {
            try await node.recentDecisions(query, as: .operator).items.map(\.subject)
        }
        #expect(try await subjects(DecisionQuery(agent: "ava")) == ["ls"])
        #expect(try await subjects(DecisionQuery(limit: 1)) == ["pwd"])
        #expect(try await subjects(DecisionQuery(effect: "deny")).isEmpty)
        #expect(try await subjects(DecisionQuery(rule: "other")).isEmpty)
        await #expect(throws: HiveError.self) { try await node.recentDecisions(DecisionQuery(), as: .agent) }
        await #expect(throws: HiveError.self) { try await node.recentDecisions(DecisionQuery(limit: 0), as: .operator) }
    }

    @Test("As many are kept as may be asked for, and long texts are cut")
    func bounds() async throws {
        let node = try LoneNode().node
        for number in 0..<(DecisionQuery.most + 7) { try await ask(node, "echo \(number)") }
        try await ask(node, String(repeating: "x", count: 100_000))
        let found = try await node.recentDecisions(DecisionQuery(limit: DecisionQuery.most), as: .operator).items
        #expect(found.count == DecisionQuery.most)
        #expect(found.first?.subject?.count == RecentDecision.longestText + 1)
        #expect(found[1].subject == "echo \(DecisionQuery.most + 6)" && found.last?.subject == "echo 8")
    }
}
