import HiveCEL
@testable import HiveRules
import Testing

/// What becomes of whole files.
@Suite struct ImportTests {
    @Test("A complete set comes along: one rule for each, ids as names, priorities as they were")
    func completeSet() throws {
        let orchard = try Orchard(Fixtures.set)
        let rules = orchard.imported.rules.map(\.rule)
        #expect(
            rules.map { "\($0.name) \($0.priority)" } == [
                "own-001 1000", "secrets-001 1000", "intent-001 1000", "style-001 750", "brief-001 500", "log-001 600",
                "reviewer-001 400", "night-001 850",
            ])
        #expect(rules.map(\.version) == [3, 1, 1, 1, 1, 1, 1, 1])
        #expect(rules.map(\.enforcement) == Array(repeating: .enforce, count: 7) + [.shadow])
        #expect(rules[0].created == 1_767_258_000_000)
        #expect(orchard.law.rules.count == 8)
    }

    @Test("The six rules of every installation: reading is harmless, a secret is blocked")
    func defaults() throws {
        let orchard = try Orchard(Fixtures.defaults)
        let read = try orchard.decide("{\"event\":\"tool.pre\",\"tool\":\"Read\",\"path\":\"README.md\"}")
        #expect(read.allowed && read.effect == .allow && read.rule == nil)
        #expect(read.errors.isEmpty)
        #expect(read.setting("author") == "\"Pomona Quince\"")
        #expect(read.setting("max_response_lines") == "4")
        let leak = try orchard.decide(
            "{\"event\":\"file.write\",\"path\":\"a\",\"content\":\"key = AKIAABCDEFGHIJKLMNOP\"}")
        #expect(!leak.allowed && leak.rule?.id == "sec-001")
        let clean = try orchard.decide("{\"event\":\"file.write\",\"path\":\"a\",\"content\":\"nothing\"}")
        #expect(clean.allowed)
        let attack = try orchard.decide(
            "{\"event\":\"operation\",\"name\":\"write\",\"args\":{\"code_intent\":\"offensive\"}}")
        #expect(!attack.allowed && attack.rule?.id == "sec-002")
        let unasked = try orchard.decide(
            "{\"event\":\"operation\",\"name\":\"w\",\"args\":{\"user_emoji_request\":\"none\"}}")
        #expect(unasked.effect == .warn && unasked.allowed && unasked.rule?.id == "comm-002")
    }

    @Test(
        "Secrets are found where they are, and not where they are not",
        arguments: [
            ("{\\\"password\\\":\\\"hunter2hunter2\\\"}", false), ("-----BEGIN RSA PRIVATE KEY-----", false),
            ("token = q8Zr2Lw9Xk4Vt7NpB3", false), ("9fceb02d0ae598e95dc970b74767f19372d61af8", true),
            ("token = getToken(user)", true), ("the password is asked for at login", true),
            ("ghp_x8K2mQ9vRt4Lw7Zp1Ns6Yb3Hc5Jd0Gf2AeUo", false),
        ])
    func secrets(content: String, isAllowed: Bool) throws {
        let orchard = try Orchard(Fixtures.defaults)
        let decision = try orchard.decide("{\"event\":\"file.write\",\"path\":\"a\",\"content\":\"\(content)\"}")
        #expect(decision.allowed == isAllowed)
        let inside = try orchard.decide(
            "{\"event\":\"tool.pre\",\"tool\":\"x\",\"args\":{\"body\":{\"text\":\"\(content)\"}}}")
        #expect(inside.allowed == isAllowed)
    }

    @Test("A large file is looked through, and is harmless where there is nothing in it")
    func largeTexts() throws {
        let orchard = try Orchard(Fixtures.defaults)
        let words = String(repeating: "harmless words and numbers 12 ", count: 20_000)
        for (end, isAllowed) in [("", true), ("AKIAABCDEFGHIJKLMNOP", false)] {
            let content = end.isEmpty ? words : String(words.prefix(10_000)) + end
            let decision = try orchard.decide(
                "{\"event\":\"file.write\",\"path\":\"a\",\"content\":\"\(content)\"}")
            #expect(decision.allowed == isAllowed && decision.errors.isEmpty)
        }
    }

    @Test("Mutilated files are refused with a place, or read", arguments: 0..<4)
    func mutilated(part: Int) {
        var random = SeededGenerator(seed: UInt64(part))
        for text in [Fixtures.set, Fixtures.defaults, Fixtures.single] {
            for _ in 0..<25 {
                var scalars = Array(text.unicodeScalars)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<scalars.count, using: &random)
                    let count = min(Int.random(in: 0...12, using: &random), scalars.count - place)
                    let other: [Unicode.Scalar] = random.pick([[], ["{"], ["\""], [":", " "], ["\n"], ["-"], ["\\"]])
                    scalars.replaceSubrange(place..<place + count, with: other)
                }
                var mutilated = String.UnicodeScalarView()
                mutilated.append(contentsOf: scalars)
                for error in Orchard.errors(String(mutilated)) {
                    #expect(error.location.line >= 1 && error.location.column >= 1 && !error.message.isEmpty)
                }
            }
        }
    }

    @Test("An answer for a clean call is none for a call with a secret")
    func noStaleAnswers() throws {
        let orchard = try Orchard(Fixtures.defaults)
        for _ in 0..<2 {
            #expect(try orchard.decide("{\"event\":\"commit\",\"content\":\"tidy up\"}").allowed)
            #expect(try !orchard.decide("{\"event\":\"commit\",\"content\":\"AKIAABCDEFGHIJKLMNOP\"}").allowed)
        }
    }

    @Test("JSON and YAML say the same, escapes and all")
    func formats() throws {
        let set = try HAIveMindReader.read(.init(path: "d.json", text: Fixtures.defaults))
        #expect(set.rules[5].name == "Plain \u{1F34E} / text")
        let again = try HAIveMindReader.read(.init(path: "d.yaml", text: YAMLText.text(set.value)))
        #expect(again.value.equals(set.value))
    }

    @Test("Words that Python writes and reads as truths are truths, names are names")
    func looseWords() throws {
        let set = try HAIveMindReader.read(
            .init(
                path: "f",
                text: """
                    id: r
                    name: Yes
                    tags: [on, off]
                    conditions: [{field: no, operator: eq, value: True, case_sensitive: No}]
                    actions: [{action_type: set, target: t, value: [yes, "yes", NULL, yEs]}]
                    effective_until: Null
                    """))
        let rule = set.rules[0]
        #expect(rule.name == "Yes" && rule.tags == ["on", "off"] && rule.effectiveUntil == nil)
        #expect(rule.conditions[0].field == "no" && !rule.conditions[0].isCaseSensitive)
        #expect(rule.conditions[0].value.equals(.bool(true)))
        #expect(JSONText.render(rule.actions[0].value) == "[true,\"yes\",null,\"yEs\"]")
    }

    @Test("A single rule without an id gets a name that can be one, and knows where it applies")
    func single() throws {
        let orchard = try Orchard(Fixtures.single)
        #expect(orchard.imported.rules.map(\.name) == ["careful-logs"])
        func level(_ project: String, _ type: String) throws -> String? {
            try orchard.decide(
                "{\"event\":\"commit\",\"project\":\"\(project)\",\"args\":{\"file_type\":\"\(type)\"}}"
            ).setting("logging_level")
        }
        #expect(try level("Press", "PY") == "\"debug\"")
        #expect(try level("press", "md") == nil)
        #expect(try level("barn", "py") == nil)
    }

    @Test("Both words for the kind of a dependency are read, and unknown keys are kept")
    func unknownKeys() throws {
        let set = try HAIveMindReader.read(.init(path: "s.yaml", text: Fixtures.set))
        #expect(set.dependencies.map(\.type) == [.enhances, .requires])
        #expect(set.rules[7].extra["x_reviewed"]?.equals(.bool(true)) == true)
        #expect(set.extra["x_origin"] != nil)
    }

    @Test("Everything that is wrong is told at once, with its line and what to do")
    func allErrorsAtOnce() throws {
        let text = """
            rules:
              - {id: a, name: a, priority: 1001, actions: [{action_type: set, target: t, value: 1}]}
              - id: b
                name: b
                conditions:
                  - {field: x, operator: equals, value: 1}
                  - {field: x, operator: in, value: one}
                  - {field: x, operator: regex, value: "(?=x)"}
                actions:
                  - {action_type: sett, target: t, value: 1}
                  - {action_type: merge, target: t, value: 1}
              - {id: c, name: c, actions: []}
              - {id: d, name: d, scope: planet, actions: [{action_type: set, target: t, value: 1}]}
            """
        let errors = Orchard.errors(text)
        #expect(errors.map(\.location.line) == [2, 6, 7, 8, 10, 11, 12, 13])
        #expect(errors.allSatisfy { !$0.hint.isEmpty && $0.location.column > 1 })
        #expect(errors[1].description.contains("equals"))
        #expect(errors[4].hint.contains("set"))
    }

    @Test(
        "References must lead somewhere, and not in circles",
        arguments: [
            ("parent_rule_id: z,", "", "inherits from `z`"), ("parent_rule_id: a,", "", "circle"),
            ("", "assignments: [{rule_id: z, scope_type: project, scope_id: p}]", "assigns `z`"),
            ("", "dependencies: [{rule_id: a, depends_on_rule_id: z, type: requires}]", "requires `z`"),
            ("", "dependencies: [{rule_id: z, depends_on_rule_id: a, type: enhances}]", "dependency of `z`"),
            ("", "assignments: [{rule_id: a, scope_type: project}]", "scope_id"),
            ("", "assignments: [{rule_id: a, scope_type: global, priority_override: 0}]", "priority"),
            ("", "format_version: '2.0'", "format_version"),
            ("effective_from: 2027-01-01, effective_until: 2026-01-01,", "", "comes before"),
            ("created_at: yesterday,", "", "is no time"),
        ])
    func references(key: String, more: String, message: String) {
        let rule = "  - {id: a, name: a, \(key) actions: [{action_type: set, target: t, value: 1}]}\n"
        let errors = Orchard.errors("rules:\n\(rule)\(more)")
        #expect(errors.count == 1 && errors[0].message.contains(message), "\(errors)")
    }

    @Test(
        "Files that are none are refused",
        arguments: [
            "", "# nothing", "just text", "[1, 2]", "{\"rules\": [1,]}", "rules: {a: 1}", "a: &x 1\nb: *x\n",
            "name: a\n---\nname: b\n", "apiVersion: hive/v1\nkind: Rule\n", "rules: [{name: a, name: b}]",
            String(repeating: "[", count: 100), "{\"name\": \"a\", \"actions\": \"\u{0}\"}",
        ])
    func noFiles(text: String) { #expect(!Orchard.errors(text).isEmpty) }

    @Test("Twice the same id is refused")
    func duplicates() {
        let rule = "  - {id: a, name: a, actions: [{action_type: set, target: t, value: 1}]}\n"
        #expect(Orchard.errors("rules:\n\(rule)\(rule)").first?.message.contains("stands twice") == true)
    }

    @Test("Documents are as the formatter would write them")
    func formatted() throws {
        for text in [Fixtures.set, Fixtures.defaults, Fixtures.single] {
            for entry in try Orchard(text).imported.rules {
                let formatted = try RuleFormatter.format(.init(path: entry.name, text: entry.text))
                #expect(formatted == entry.text, "\(entry.name)")
            }
        }
    }
}
