import HiveCEL
import HiveRules
import Testing

/// What comes of rules together.
@Suite struct DecisionTests {
    @Test("A condition that cannot be answered denies where the rule restricts")
    func failClosed() throws {
        let law = try Law.compile([Law.rule("r", "when: git.branch == 'main', effect: deny")])
        let decision = law.decide(try Law.input("{\"event\":\"commit\",\"git\":{\"repo\":\"x\"}}"), now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.errors.map(\.id) == ["r"])
    }

    @Test("A command that nests too deeply has no answer, so rules about commands deny")
    func tooDeep() throws {
        let law = try Law.compile([
            Law.rule("r", "when: cmd.program == 'rm', effect: deny"),
            Law.rule("other", "when: tool == 'Edit', effect: deny"),
        ])
        let line = (0..<40).reduce("ls") { inner, _ in "$(\(inner))" }
        let decision = law.decide(try DecisionInput(Law.run(line)), now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.errors.map(\.id) == ["r"])
        #expect(
            JSONText.render(law.decideNaively(try DecisionInput(Law.run(line)), now: 0).value)
                == JSONText.render(decision.value))
    }

    @Test("A decision names the values that mattered and what to do instead")
    func values() throws {
        let law = try Law.compile([
            Law.rule(
                "r",
                "match: {tools: [Bash]}, variables: {b: git.branch}, params: {p: [main]}, when: variables.b in params.p && cmd.hasFlag('-f') && size(content) > 3, effect: deny, remediation: wait"
            )
        ])
        let json =
            "{\"event\":\"tool.pre\",\"tool\":\"Bash\",\"command\":\"git push -f\",\"git\":{\"branch\":\"main\"},\"content\":\"\(String(repeating: "x", count: 500))\"}"
        let decision = law.decide(try Law.input(json), now: 0)
        #expect(decision.values["variables.b"]?.equals(.string("main")) == true)
        #expect(decision.values["cmd.text"]?.equals(.string("git push -f")) == true)
        #expect(decision.values["tool"]?.equals(.string("Bash")) == true)
        #expect(decision.values["params.p"]?.equals(.list([.string("main")])) == true)
        guard case .string(let content)? = decision.values["content"] else { throw Missing() }
        #expect(content.count == 120)
        #expect(decision.remediation == "wait")
    }

    private struct Missing: Error {}

    @Test("An error inside a variable is told as that of the variable, and only where it is asked for")
    func lazyVariables() throws {
        let law = try Law.compile([
            Law.rule("asks", "variables: {v: 1 / 0}, when: variables.v == 1, effect: warn"),
            Law.rule("does-not", "variables: {v: 1 / 0}, when: \"true || variables.v == 1\", effect: warn"),
            Law.rule("absorbs", "variables: {v: 1 / 0}, when: variables.v == 1 || true, effect: warn"),
        ])
        let decision = law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect(decision.errors.map(\.id) == ["asks"])
        #expect(decision.errors[0].message.contains("variables.v"))
        #expect(Set(decision.matched.map(\.id)) == ["does-not", "absorbs"])
    }

    @Test("Settings: set replaces, append adds, merge goes level by level, the highest priority has the last word")
    func settings() throws {
        func setting(_ name: String, _ priority: Int, _ effect: String, _ setting: String, _ value: String) -> String {
            Law.rule(name, "priority: \(priority), effect: \(effect), setting: {name: \(setting), value: \(value)}")
        }
        let documents = [
            setting("s1", 1, "set", "list", "[a]"), setting("s2", 2, "append", "list", "b"),
            setting("s3", 3, "append", "list", "[c, d]"), setting("m1", 1, "merge", "map", "{a: {x: 1, y: 1}, b: 1}"),
            setting("m2", 2, "merge", "map", "{a: {y: 2}, c: 3}"), setting("t1", 2, "set", "text", "low"),
            setting("t2", 3, "set", "text", "high"), setting("bad", 4, "append", "map", "x"),
        ]
        let expected =
            "{\"list\":[\"a\",\"b\",\"c\",\"d\"],\"map\":{\"a\":{\"x\":1,\"y\":2},\"b\":1,\"c\":3},\"text\":\"high\"}"
        for documents in [documents, documents.reversed()] {
            let decision = try Law.compile(documents).decide(try Law.input("{\"event\":\"agent.start\"}"), now: 0)
            #expect(JSONText.render(.map(ValueMap(decision.settings))) == expected)
            #expect(decision.errors.map(\.id) == ["bad"])
        }
    }

    @Test("A transformation is decided once more, with what it made of the input")
    func transformation() throws {
        let add = Law.rule(
            "add",
            "match: {commands: [deploy*]}, when: \"!cmd.hasFlag('--dry-run')\", effect: transform, transform: {command: \"command + ' --dry-run'\"}"
        )
        let settled = try Law.compile([add]).decide(try DecisionInput(Law.run("deploy x")), now: 0)
        #expect(settled.effect == .transform)
        #expect(settled.transformed["command"]?.equals(.string("deploy x --dry-run")) == true)
        let deny = Law.rule("deny", "when: cmd.hasFlag('--dry-run'), effect: deny, message: \"'no rehearsals'\"")
        let denied = try Law.compile([add, deny]).decide(try DecisionInput(Law.run("deploy x")), now: 0)
        #expect(denied.effect == .deny)
        #expect(denied.message == "no rehearsals")
        #expect(denied.transformed.isEmpty)
        let again = Law.rule(
            "again", "match: {commands: [deploy*]}, effect: transform, transform: {command: \"command + ' x'\"}")
        let restless = try Law.compile([again]).decide(try DecisionInput(Law.run("deploy")), now: 0)
        #expect(restless.effect == .deny)
        #expect(restless.message.contains("do not come to rest"))
    }

    @Test("Of two transformations of one field that of the higher priority is made; one that fails denies")
    func transformationsTogether() throws {
        func rule(_ name: String, _ priority: Int, _ transform: String) -> String {
            Law.rule(
                name,
                "priority: \(priority), match: {events: [message.send]}, effect: transform, transform: {\(transform)}")
        }
        let law = try Law.compile([
            rule("a", 1, "content: \"'low'\", url: \"'u'\""), rule("b", 2, "content: \"'high'\""),
        ])
        let decision = law.decide(try Law.input("{\"event\":\"message.send\",\"content\":\"x\"}"), now: 0)
        #expect(JSONText.render(.map(ValueMap(decision.transformed))) == "{\"content\":\"high\",\"url\":\"u\"}")
        let failing = try Law.compile([rule("a", 1, "content: url")])
        #expect(!failing.decide(try Law.input("{\"event\":\"message.send\"}"), now: 0).allowed)
    }

    @Test("Standard events have fields of their own, and no others have them")
    func standardFields() throws {
        let law = try Law.compile([
            Law.rule(
                "limit",
                "match: {events: [manifest.check], kinds: [compose.*]}, when: manifest.memory > params.limit, "
                    + "params: {limit: 4}, effect: deny"),
            Law.rule("lock", "match: {events: [commit]}, when: \"files.exists(f, f == 'a.lock')\", effect: warn"),
        ])
        func effect(_ input: String) throws -> RuleEffect { law.decide(try Law.input(input), now: 0).effect }
        let service = "{\"event\":\"manifest.check\",\"kind\":\"compose.service\",\"manifest\":"
        #expect(try effect(service + "{\"memory\":5}}") == .deny)
        #expect(try effect(service + "{\"memory\":4}}") == .allow)
        #expect(try effect(service + "{}}") == .deny, "what cannot be answered restricts")
        #expect(try effect("{\"event\":\"manifest.check\",\"kind\":\"dockerfile\"}") == .allow)
        #expect(try effect("{\"event\":\"commit\",\"files\":[\"a.lock\"]}") == .warn)
        #expect(throws: DecisionInput.Failure.self) { try Law.input("{\"event\":\"tool.pre\",\"files\":[]}") }
        #expect(throws: DecisionInput.Failure.self) { try Law.input("{\"event\":\"commit\",\"files\":\"a\"}") }
    }

    @Test(
        "A restriction gives way to a permission or another restriction, and to nothing else",
        arguments: [
            ("allow", true), ("require-approval", true), ("warn", false), ("annotate", false),
            ("set, setting: {name: a, value: 1}", false), ("deny, enforcement: warn", false),
            ("deny, violation: 'false', settings: [{effect: set, name: a, value: 1}]", false),
        ])
    func lifting(effect: String, lifts: Bool) throws {
        let law = try Law.compile([
            Law.rule("strict", "match: {events: [commit]}, effect: deny"),
            Law.rule("other", "match: {events: [commit]}, overrides: [strict], effect: \(effect)"),
        ])
        let decision = law.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect((decision.effect != .deny) == lifts)
        #expect((decision.lifted.map(\.id) == ["strict"]) == lifts)
    }

    @Test("Only what stands lifts, and what lifts each other in a circle all stands")
    func circles() throws {
        func rule(_ name: String, _ effect: String, _ overrides: String) -> String {
            Law.rule(name, "match: {events: [commit]}, effect: \(effect), overrides: [\(overrides)]")
        }
        func decide(_ documents: [String]) throws -> Decision {
            try Law.compile(documents).decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        }
        let circle = try decide([rule("a", "deny", "b"), rule("b", "deny", "a")])
        #expect(circle.effect == .deny)
        #expect(circle.lifted.isEmpty)
        let chain = try decide([rule("a", "deny", ""), rule("b", "allow", "a"), rule("c", "annotate", "b")])
        #expect(chain.effect == .deny, "what is lifted lifts nothing")
        #expect(chain.lifted.map(\.id) == ["b"])
    }

    @Test("A transformation that cannot be answered restricts, and says why")
    func failingTransformation() throws {
        let law = try Law.compile([
            Law.rule(
                "redact",
                "match: {events: [message.send]}, when: args.text.contains('x'), effect: transform, "
                    + "transform: {content: args.text}")
        ])
        let decision = law.decide(try Law.input("{\"event\":\"message.send\",\"content\":\"x\"}"), now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.errors.map(\.id).contains("redact"))
        let failing = try Law.compile([Law.rule("r", "when: args.x == 1, effect: deny, message: \"'bad'\"")])
        let answer = failing.decide(try Law.input("{\"event\":\"commit\"}"), now: 0)
        #expect(answer.message.hasPrefix("rule `r` cannot be answered: "))
    }

    @Test("Long texts are looked through")
    func longTexts() throws {
        let law = try Law.compile([
            Law.rule("r", "match: {events: [commit]}, when: \"content.matches('(a|b){3}c{40}')\", effect: deny")
        ])
        for (end, effect) in [("", RuleEffect.allow), ("abacccccccccccccccccccccccccccccccccccccccccccccccccc", .deny)]
        {
            let content = Value.string(String(repeating: "abc ", count: 40_000) + end)
            let input = try DecisionInput(.map(ValueMap(["event": .string("commit"), "content": content])))
            let decision = law.decide(input, now: 0)
            #expect(decision.effect == effect)
            #expect(decision.errors.isEmpty)
        }
    }

    @Test("Events and fields of one's own are typed like the others")
    func schema() throws {
        let schema =
            "apiVersion: hive/v1\nkind: EventSchema\nmetadata: {name: deployments}\nspec: {events: {deploy: {fields: {environment: string, replicas: int, load: double}}, commit: {fields: {files: list(string)}}}}\n"
        let law = try Law.compile([
            schema,
            Law.rule(
                "r",
                "match: {events: [deploy]}, when: environment == 'prod' && replicas > 3 && load > 0.5, effect: deny"),
            Law.rule("f", "match: {events: [commit]}, when: \"files.exists(f, f.endsWith('.lock'))\", effect: warn"),
        ])
        let input = try Law.input("{\"event\":\"deploy\",\"environment\":\"prod\",\"replicas\":4,\"load\":1}", law)
        #expect(law.decide(input, now: 0).effect == .deny)
        let files = try Law.input("{\"event\":\"commit\",\"files\":[\"a\",\"b.lock\"]}", law)
        #expect(law.decide(files, now: 0).matched.map(\.id) == ["f"])
        #expect(law.indexReport.entries.first { $0.rule == "r" }?.found.contains("deploy") == true)
        #expect(throws: DecisionInput.Failure.self) { try Law.input("{\"event\":\"deploy\",\"replicas\":\"4\"}", law) }
        #expect(throws: DecisionInput.Failure.self) { try Law.input("{\"event\":\"commit\",\"replicas\":4}", law) }
        #expect(throws: DecisionInput.Failure.self) { try Law.input("{\"event\":\"deploy\"}") }
        #expect(
            Law.error([schema, Law.rule("r", "when: enviroment == 'x', effect: deny")])?.hint.contains("environment")
                == true)
    }
}
