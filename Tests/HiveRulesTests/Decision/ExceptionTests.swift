import HiveCEL
@testable import HiveRules
import Testing

/// Exceptions and overrides lift rules, never more than they say.
@Suite struct ExceptionTests {
    private static let rule = Law.rule(
        "no-force", "match: {commands: [\"git push*\"]}, when: cmd.hasFlag('--force'), effect: deny")
    private static let end: Int64 = 1_893_456_000_000

    private func law(_ exception: String) throws -> CompiledRuleSet {
        try Law.compile([
            Self.rule,
            Law.exception("hotfix", "rules: [no-force], reason: incident, effective: {until: 2030-01-01}\(exception)"),
        ])
    }

    @Test("An exception keeps a rule from applying until it ends, and the decision says so")
    func lifts() throws {
        let law = try law(", when: \"'hotfix' in cmd.args\"")
        let input = try DecisionInput(Law.run("git push --force origin hotfix"))
        let decision = law.decide(input, now: Self.end - 1)
        #expect(decision.allowed)
        #expect(decision.lifted == [Decision.Lift(id: "no-force", by: "hotfix", until: Self.end)])
        #expect(!law.decide(input, now: Self.end).allowed)
        #expect(law.explain(input, now: 0)[0].contains("lifted by `hotfix`"))
    }

    @Test("An exception for one sub-command is none for the others")
    func everyCommand() throws {
        let law = try law(", when: \"'hotfix' in cmd.args\"")
        let both = try DecisionInput(Law.run("git push --force origin hotfix; git push --force origin main"))
        #expect(!law.decide(both, now: 0).allowed)
        #expect(!law.decideNaively(both, now: 0).allowed)
    }

    @Test("An exception that cannot be answered lifts nothing")
    func failure() throws {
        let decision = try law(", when: git.branch == 'x'").decide(DecisionInput(Law.run("git push --force")), now: 0)
        #expect(!decision.allowed)
        #expect(decision.errors.map(\.id) == ["hotfix"])
    }

    @Test("An exception must end, say why, and name rules of its own set")
    func refusals() throws {
        #expect(
            Law.error([Self.rule, Law.exception("e", "rules: [no-force], reason: x")])?.message.contains("must end")
                == true)
        #expect(
            Law.error([Self.rule, Law.exception("e", "rules: [no-force], effective: {until: 2030-01-01}")])?.message
                .contains("reason") == true)
        #expect(
            Law.error([Self.rule, Law.exception("e", "rules: [no-forc], reason: x, effective: {until: 2030-01-01}")])?
                .hint.contains("no-force") == true)
        let foreign = try RuleFiles.load([
            .init(path: "one/r.yaml", text: Self.rule),
            .init(
                path: "two/e.yaml",
                text: Law.exception("e", "rules: [no-force], reason: x, effective: {until: 2030-01-01}")),
        ])
        #expect(throws: RuleError.self) { try CompiledRuleSet.compile(foreign, label: "") }
    }

    @Test("An allow of wider authority lifts what it names; a narrower one does not")
    func overrides() throws {
        for (scope, allowed) in [("global", true), ("project", true), ("session", false)] {
            let law = try Law.compile([
                Law.rule("d", "scope: project, effect: deny"),
                Law.rule("a", "scope: \(scope), effect: allow, overrides: [d]"),
            ])
            #expect(law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0).allowed == allowed, "scope \(scope)")
        }
    }

    @Test("An allow for one sub-command does not lift a deny of another")
    func overridesPerCommand() throws {
        let law = try Law.compile([
            Self.rule, Law.rule("a", "match: {commands: [\"git push*hotfix\"]}, effect: allow, overrides: [no-force]"),
        ])
        #expect(law.decide(try DecisionInput(Law.run("git push --force origin hotfix")), now: 0).allowed)
        #expect(
            !law.decide(
                try DecisionInput(Law.run("git push --force origin hotfix; git push --force origin main")), now: 0
            ).allowed)
        #expect(
            !law.decide(try DecisionInput(Law.run("git push origin hotfix; git push --force origin main")), now: 0)
                .allowed)
    }
}
