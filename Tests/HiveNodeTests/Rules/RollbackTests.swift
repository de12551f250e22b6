import HiveAPI
import Testing

@testable import HiveNode

@Suite struct RollbackTests {
    private let lone: LoneNode
    init() throws { lone = try LoneNode() }

    private func rule(_ name: String, version: Int, denies command: String) -> String {
        """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: \(name), version: \(version)}
        spec: {match: {events: [tool.pre], tools: [Bash]}, when: "command == '\(command)'", effect: deny, message: "'no'"}
        """
    }

    private func push(_ texts: [String]) async throws {
        lone.advance(seconds: 1)
        let sources = texts.enumerated().map { RuleSource(path: "team/\($0).yaml", text: $1) }
        #expect(try await lone.node.push(PushRules(sources: sources, set: "team"), as: .operator).active)
    }

    private func denied(_ command: String) async throws -> Bool {
        let input: JSONValue = ["event": "tool.pre", "tool": "Bash", "command": .string(command)]
        return try await lone.node.decide(input, explain: false, as: .agent)["effect"] == "deny"
    }

    @Test("A rollback pushes an earlier version again, leaves the rest of the set, and rewrites nothing")
    func rollback() async throws {
        try await push([rule("one", version: 1, denies: "a"), rule("two", version: 1, denies: "x")])
        try await push([rule("one", version: 2, denies: "b"), rule("two", version: 2, denies: "y")])
        let answer = try await lone.node.rollback("one", RollbackRule(), as: .operator)
        #expect(answer.active && answer.version == "3" && answer.rules == ["one", "two"])
        for command in ["a", "y"] { #expect(try await denied(command)) }
        for command in ["b", "x"] { #expect(try await !denied(command)) }
        let history = try await lone.node.rule("one", as: .agent).history
        #expect(history.map(\.version) == [1, 2, 1], "newest first, and nothing is gone")
        #expect(history.map(\.active) == [true, false, false])
        _ = try await lone.node.rollback("one", RollbackRule(to: "2"), as: .operator)
        #expect(try await denied("b"))
        #expect(try await !denied("a"))
    }

    @Test("Versions are named by number or digest; what is not one earlier text is refused")
    func targets() async throws {
        try await push([rule("one", version: 1, denies: "a")])
        await #expect(throws: HiveError(.notFound, "")) {
            _ = try await lone.node.rollback("one", RollbackRule(), as: .operator)
        }
        try await push([rule("one", version: 1, denies: "b")])
        await #expect(throws: HiveError(.ambiguous, "")) {
            _ = try await lone.node.rollback("one", RollbackRule(to: "1"), as: .operator)
        }
        let history = try await lone.node.rule("one", as: .agent).history
        let digest = try #require(history.last?.digest)
        await #expect(throws: HiveError(.invalidInput, "")) {
            _ = try await lone.node.rollback("one", RollbackRule(to: history[0].digest), as: .operator)
        }
        await #expect(throws: HiveError(.notFound, "")) {
            _ = try await lone.node.rollback("one", RollbackRule(to: "9"), as: .operator)
        }
        await #expect(throws: HiveError(.notFound, "")) {
            _ = try await lone.node.rollback("nothing", RollbackRule(), as: .operator)
        }
        await #expect(throws: HiveError(.forbidden, "")) {
            _ = try await lone.node.rollback("one", RollbackRule(), as: .agent)
        }
        _ = try await lone.node.rollback("one", RollbackRule(to: String(digest.prefix(8))), as: .operator)
        #expect(try await denied("a"))
    }
}
