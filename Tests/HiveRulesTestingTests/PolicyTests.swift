import HiveCEL
import HiveRules
import HiveRulesTesting
import Testing

/// Expectations hold, and where they do not they say why.
@Suite struct PolicyTests {
    private static let text = """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: no-force-push}
        spec:
          match: {events: [tool.pre]}
          when: cmd.hasFlag('--force', '-f') && git.branch == 'main'
          effect: deny
        tests:
          - {name: denied, input: {event: tool.pre, command: git push -f, git: {branch: main}}, expect: {effect: deny}}
          - {name: wrong, input: {event: tool.pre, command: git push, git: {branch: main}}, expect: {effect: deny}}
        ---
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: tone}
        spec: {effect: set, setting: {name: tone, value: calm}}
        """

    private static let policy: Policy? = {
        do {
            let contents = try RuleFiles.load([.init(path: "set/rules.yaml", text: text)])
            return Policy(try CompiledRuleSet.compile(contents, label: "test"))
        } catch { return nil }
    }()

    private static func push(_ branch: String) -> String {
        "{\"event\":\"tool.pre\",\"command\":\"git push -f\",\"git\":{\"branch\":\"\(branch)\"}}"
    }

    @Test("What comes as expected is no issue")
    func holds() throws {
        let policy = try #require(Self.policy)
        let decision = policy.expect(
            .deny, by: "no-force-push", settings: ["tone": .string("calm")], on: Self.push("main"))
        #expect(decision?.rule?.id == "no-force-push")
        policy.expect(.allow, by: "", on: Self.push("topic"))
        policy.expectPass(try #require(policy.cases.first))
    }

    @Test("What does not is one, with the story of the decision")
    func fails() throws {
        let policy = try #require(Self.policy)
        func issue(_ says: String, _ body: () -> Void) {
            withKnownIssue("\(says)") {
                body()
            } matching: { issue in
                "\(issue)".contains(says)
            }
        }
        issue("expected deny, got allow") { policy.expect(.deny, on: Self.push("topic")) }
        issue("git.branch is \"topic\"") { policy.expect(.deny, on: Self.push("topic")) }
        issue("expected `other` to decide, but `no-force-push` did") {
            policy.expect(.deny, by: "other", on: Self.push("main"))
        }
        issue("expected tone to be 1, got \"calm\"") {
            policy.expect(.allow, settings: ["tone": .int(1)], on: Self.push("topic"))
        }
        issue("is refused: there is no event `nothing`") { policy.expect(.allow, on: "{\"event\":\"nothing\"}") }
        issue("is not JSON") { policy.expect(.allow, on: "{") }
        issue("no-force-push: wrong") { policy.cases.last.map { policy.expectPass($0) } }
    }
}
