import HiveCEL
import HiveRules
import Testing

/// Rule files are read strictly, and errors say where and what to do.
@Suite struct RuleFileTests {
    private func rule(_ spec: String, metadata: String = "{name: r}") -> String {
        "apiVersion: hive/v1\nkind: Rule\nmetadata: \(metadata)\nspec:\n  effect: deny\n  \(spec)\n"
    }

    private func error(_ text: String) -> RuleError? {
        do throws(RuleError) {
            let loaded = try RuleFiles.load([.init(path: "set/r.yaml", text: text)])
            _ = try CompiledRuleSet.compile(loaded.rules, label: "")
            return nil
        } catch { return error }
    }

    @Test("What is wrong is refused with line and hint")
    func refusals() throws {
        let unknown = try #require(error(rule("prioriti: high")))
        #expect(unknown.location.line == 6)
        #expect(unknown.hint.contains("priority"))
        #expect(error(rule("priority: 1001"))?.message.contains("priority") == true)
        #expect(error(rule("match: {events: [tool.pro]}"))?.hint.contains("tool.pre") == true)
        #expect(error(rule("when: git.branc == 'x'"))?.hint.contains("branch") == true)
        #expect(error(rule("when: nothing == 1"))?.message.contains("nothing") == true)
        #expect(error(rule("when: 1 +"))?.message.contains("unexpected") == true)
        #expect(error(rule("when: 'size(commands)'"))?.message.contains("bool") == true)
        #expect(error("apiVersion: hive/v2\nkind: Rule\n")?.message.contains("hive/v2") == true)
        #expect(error(rule("scope: [")) != nil)
        #expect(error(rule("message: a") + "---\n" + rule("message: a")) != nil)
    }

    @Test("A condition that cannot be answered denies where the rule restricts")
    func failClosed() throws {
        let loaded = try RuleFiles.load([.init(path: "s/r.yaml", text: rule("when: git.branch == 'main'"))])
        let set = try CompiledRuleSet.compile(loaded.rules, label: "")
        let input = try DecisionInput(
            .map(ValueMap(["event": .string("commit"), "git": .map(ValueMap(["repo": .string("x")]))])))
        let decision = set.decide(input, now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.errors.map(\.id) == ["r"])
    }

    @Test("An allow of wider authority lifts what it names; a narrower one does not")
    func overrides() throws {
        let deny = "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: d}\nspec: {scope: project, effect: deny}\n---\n"
        for (scope, allowed) in [("global", true), ("project", true), ("session", false)] {
            let allow =
                "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a}\nspec: {scope: \(scope), effect: allow, overrides: [d]}\n"
            let set = try CompiledRuleSet.compile(
                try RuleFiles.load([.init(path: "s/r.yaml", text: deny + allow)]).rules, label: "")
            let input = try DecisionInput(.map(ValueMap(["event": .string("commit")])))
            #expect(set.decide(input, now: 0).allowed == allowed, "scope \(scope)")
        }
    }

    @Test("A set activates whole: with a text missing, altered or failing, the last good version stays")
    func activation() throws {
        func candidate(_ version: Int64, _ text: String, arrived: Bool = true, digest: String? = nil)
            -> SetActivation.Candidate
        {
            let entry = SetManifest.Entry(name: "r", digest: digest ?? "\(text.hashValue)")
            let manifest = SetManifest(name: "s", version: version, rules: [entry])
            return SetActivation.Candidate(manifest: manifest, texts: arrived ? ["r": text] : [:])
        }
        let digest = { (text: String) in "\(text.hashValue)" }
        var activation = SetActivation()
        activation.update(["s": [candidate(1, rule("priority: 5"))]], digest: digest, now: 0)
        #expect(activation.label == "s@1")
        let failing = rule("priority: 6") + "tests:\n  - {name: t, input: {event: commit}, expect: {effect: allow}}\n"
        for bad in [
            candidate(2, rule("priority: 6"), arrived: false), candidate(2, rule("priority: 6"), digest: "x"),
            candidate(2, failing),
        ] {
            activation.update(["s": [bad]], digest: digest, now: 0)
            #expect(activation.label == "s@1")
            #expect(activation.problems["s"] != nil)
        }
        activation.update(["s": [candidate(2, rule("priority: 6"))]], digest: digest, now: 0)
        #expect(activation.label == "s@2")
        #expect(activation.problems.isEmpty)
    }
}
