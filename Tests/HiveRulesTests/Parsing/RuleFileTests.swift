import HiveCEL
import HiveRules
import Testing

/// Rule files are read strictly, and errors say where and what to do.
@Suite struct RuleFileTests {
    private func rule(_ spec: String) -> String {
        "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: r}\nspec:\n  effect: deny\n  \(spec)\n"
    }

    @Test(
        "What is wrong is refused with its place and a hint",
        arguments: [
            ("prioriti: high", 6, 3, "priority"), ("priority: 1001", 6, 13, "1000"),
            ("match: {events: [tool.pro]}", 6, 10, "tool.pre"), ("when: git.branc == 'x'", 6, 9, "branch"),
            ("when: size(commands)", 6, 9, ""), ("scope: galaxy", 6, 10, "global"), ("onError: explode", 6, 12, "deny"),
            ("enforcement: maybe", 6, 16, "shadow"), ("match: {event: [commit]}", 6, 11, "events"),
            ("effective: {until: tomorrow}", 6, 22, "2026"), ("effective: {days: [funday]}", 6, 21, "mon"),
            ("effective: {hours: 9-17}", 6, 22, "09:00"), ("effective: {zone: Mars/Olympus}", 6, 14, "Europe/Berlin"),
            ("variables: {b: git.branc}", 6, 14, "branch"), ("variables: {a: variables.b, b: \"1\"}", 6, 14, ""),
            ("variables: [{name: a-b, expression: '1'}]", 6, 14, "letters"), ("extends: [nowhere]", 6, 12, "same set"),
            ("transform: {command: \"'x'\"}", 5, 3, "command"), ("setting: {name: a, value: 1}", 5, 3, "setting"),
            ("params: 3", 6, 11, ""), ("tests: []", 6, 3, ""), ("priority: [1]", 6, 13, ""),
        ] as [(String, Int, Int, String)])
    func refusals(spec: String, line: Int, column: Int, hint: String) throws {
        let error = try #require(Law.error([rule(spec)]), "\(spec) is taken")
        #expect(error.location == RuleLocation(path: "set/rules.yaml", line: line, column: column), "\(error)")
        #expect(error.description.contains(hint), "\(error)")
    }

    @Test(
        "Documents that are none are refused",
        arguments: [
            ("apiVersion: hive/v2\nkind: Rule\n", "hive/v1"), ("apiVersion: hive/v1\nkind: Rul\n", "Rule"),
            ("- a\n", "mapping"), ("apiVersion: hive/v1\nkind: Rule\nkind: Rule\n", "twice"),
            ("apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a b}\nspec: {effect: deny}\n", "letters"),
            ("apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a}\nspec: {effect: denny}\n", "deny"),
            ("apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a, version: 0}\nspec: {effect: deny}\n", "1"),
            (
                "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a}\nspec: {effect: merge, setting: {name: s, value: 1}}\n",
                "mapping"
            ),
            (
                "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a}\nspec: {effect: deny}\ntests: [{name: t, input: {}, expect: {effect: no}}]\n",
                "known are"
            ),
            (
                "apiVersion: hive/v1\nkind: RuleSet\nmetadata: {name: a}\n---\napiVersion: hive/v1\nkind: RuleSet\nmetadata: {name: b}\n",
                "one set"
            ),
            ("apiVersion: hive/v1\nkind: Rule\nmetadata: {name: a}\nspec: {effect: deny, when: \"a: b\n", "quote"),
        ] as [(String, String)])
    func documents(text: String, says: String) throws {
        let error = try #require(Law.error([text]))
        #expect(error.description.contains(says), "\(error)")
        #expect(!error.hint.isEmpty || error.message.contains("mapping"), "\(error)")
    }

    @Test("A name stands once in a set, whatever the kind of the document")
    func duplicates() {
        #expect(
            Law.error([rule("message: \"'a'\""), rule("message: \"'b'\"")])?.hint.contains(
                "first at set/rules.yaml:1:1") == true)
        let exception = Law.exception("r", "rules: [r], reason: x, effective: {until: 2030-01-01}")
        #expect(Law.error([rule("message: \"'a'\""), exception])?.message.contains("twice") == true)
    }

    @Test(
        "Texts made to exhaust are refused unread",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 5_000),
            (0..<400).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
            String(repeating: "- ", count: 50_000), "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "a: &x 1\n? *x\n: 2\n",
            String(repeating: "x", count: 2 << 20), "a: \u{0}b", "\u{FEFF}- &a b\n- *a\n", "<<: &m {a: 1}\nb: *m\n",
        ])
    func hazards(text: String) throws {
        let error = try #require(Law.error([text]))
        #expect(error.location.line >= 1)
        #expect(error.location.column >= 1)
    }

    @Test("Shell texts in tests are no aliases")
    func noAliases() throws {
        let law = try Law.compile([
            Law.rule(
                "r", "effect: warn, when: \"true\n && true\"",
                more:
                    "tests:\n  - name: t\n    input: {event: tool.pre, command: \"sleep 1 & wait *.txt && x\"}\n    expect: {}\n"
            )
        ])
        #expect(law.rules[0].tests.count == 1)
    }

    @Test("Bytes that are no UTF-8 are refused with their place")
    func invalidBytes() throws {
        let bytes = Array("a: b\nc: é".utf8) + [0xFF] + Array("\nd".utf8)
        let error = try #require(throws: RuleError.self) { try RuleFiles.Source(path: "f.yaml", bytes: bytes) }
        #expect(error.location == RuleLocation(path: "f.yaml", line: 2, column: 5))
        #expect(try RuleFiles.Source(path: "f.yaml", bytes: Array("é".utf8)).text == "é")
        let cut = try #require(throws: RuleError.self) { try RuleFiles.Source(path: "f.yaml", bytes: [0xC3]) }
        #expect(cut.location.column == 1)
    }

    @Test("Rules that refer to each other to exhaust are refused or compiled in no time")
    func references() throws {
        let chain = (0..<100).map { Law.rule("r\($0)", $0 == 0 ? "effect: deny" : "extends: r\($0 - 1)") }
        for documents in [chain, chain.reversed()] {
            #expect(Law.error(documents)?.message.contains("more than 32 rules") == true)
        }
        #expect(Law.error(Array(chain.prefix(33))) == nil)
        let variables = (1..<60).map { "v\($0): variables.v\($0 - 1) && variables.v\($0 - 1)" }.joined(separator: ", ")
        let doubling = Law.rule("d", "effect: deny, variables: {v0: tool == 'x', \(variables)}, when: variables.v59")
        #expect(try Law.compile([doubling]).indexReport.entries[0].found == "by tool is `x`")
        let texts = (0..<60).map { "t\($0)" }.joined(separator: ", ")
        let wide = (0..<60).map {
            Law.rule(
                "w\($0)",
                "effect: deny, match: {tools: [\(texts)], agents: [\(texts)], paths: [\(texts)], projects: [\(texts)]}")
        }
        #expect(try Law.compile(wide).rules.count == 60)
        let long = String(repeating: "*a", count: 5_000)
        #expect(
            Law.error([Law.rule("l", "effect: deny, match: {tools: [\"\(long)\"]}")])?.message.contains("longer")
                == true)
        let nested = String(repeating: "(", count: 10_000) + "true" + String(repeating: ")", count: 10_000)
        #expect(Law.error([Law.rule("n", "effect: deny, when: \"\(nested)\"")])?.location.line == 4)
    }

    @Test("Files with bytes changed are read or refused with their place", arguments: 0..<150 as Range<UInt64>)
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(
            Law.rule(
                "r", "effect: deny, match: {tools: [Bash]}, when: \"size(content) > 3\", params: {a: [1, b]}",
                more: "tests:\n  - {name: t, input: {event: commit}, expect: {effect: allow}}\n# end\n"
            ).utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch random.pick([0, 1, 2]) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(random.pick(Array("&*-?:{}[]|>\"'\n #%@`!,\t".utf8)), at: place)
            }
        }
        do throws(RuleError) {
            let contents = try RuleFiles.load([try RuleFiles.Source(path: "f.yaml", bytes: bytes)])
            _ = try CompiledRuleSet.compile(contents, label: "")
        } catch {
            #expect(error.location.path == "f.yaml")
            #expect(error.location.line >= 1 && error.location.column >= 1 && !error.message.isEmpty)
        }
    }
}
