import HiveCEL
@testable import HiveRules
import Testing

/// All eleven operators, with what is missing and with what has several values.
@Suite struct ConditionTests {
    private static let question = """
        {"event":"operation","name":"deploy","project":"Press","session":"s1","user":"ann",
        "agent":{"name":"rev-1","roles":["reviewer","tester"],"capabilities":["mysql"]},
        "machine":{"name":"m1"},"git":{"repo":"orchard","branch":"main"},
        "args":{"task_type":"Writing","lines":120,"ratio":0.5,"text_number":"42","note":"my secret","tags":["sql","go"],
        "odd-key":"x","day":"2026-05-05","flag":true,"nothing":null,"word":"ÄPFEL"}}
        """

    @Test(
        "Operators say what their names promise",
        arguments: [
            ("field: task_type, operator: eq, value: Writing", true),
            ("field: task_type, operator: eq, value: writing", false),
            ("field: task_type, operator: eq, value: writing, case_sensitive: false", true),
            ("field: task_type, operator: ne, value: reading", true),
            ("field: task_type, operator: ne, value: WRITING, case_sensitive: false", false),
            ("field: task_type, operator: in, value: [reading, Writing]", true),
            ("field: task_type, operator: in, value: [reading, writing]", false),
            ("field: task_type, operator: in, value: [READING, WRITING], case_sensitive: false", true),
            ("field: task_type, operator: in, value: []", false),
            ("field: lines, operator: in, value: [119, 120]", true),
            ("field: note, operator: regex, value: secret", true),
            ("field: note, operator: regex, value: '^secret'", false),
            ("field: note, operator: regex, value: SECRET", false),
            ("field: note, operator: regex, value: 'SEC.ET$', case_sensitive: false", true),
            ("field: note, operator: contains, value: sec", true),
            ("field: note, operator: contains, value: SEC", false),
            ("field: note, operator: contains, value: SEC, case_sensitive: false", true),
            ("field: tags, operator: contains, value: sql", true),
            ("field: tags, operator: contains, value: sq", false),
            ("field: tags, operator: contains, value: GO, case_sensitive: false", true),
            ("field: note, operator: startswith, value: my", true),
            ("field: note, operator: startswith, value: MY, case_sensitive: false", true),
            ("field: note, operator: startswith, value: secret", false),
            ("field: note, operator: endswith, value: secret", true),
            ("field: note, operator: endswith, value: '.ecret'", false),
            ("field: note, operator: endswith, value: SECRET, case_sensitive: false", true),
            ("field: lines, operator: gt, value: 100", true), ("field: lines, operator: gt, value: 120", false),
            ("field: lines, operator: gte, value: 120", true), ("field: lines, operator: lt, value: 200.5", true),
            ("field: lines, operator: lte, value: 119", false), ("field: ratio, operator: lt, value: 1", true),
            ("field: text_number, operator: gt, value: 9", true),
            ("field: lines, operator: gt, value: '9'", true),
            ("field: day, operator: gte, value: '2026-01-01'", true),
            ("field: note, operator: gt, value: 1", false),
            ("field: flag, operator: eq, value: true", true), ("field: lines, operator: eq, value: 120", true),
            ("field: odd-key, operator: eq, value: x", true),
            ("field: word, operator: eq, value: äpfel, case_sensitive: false", true),
        ])
    func operators(condition: String, holds: Bool) throws {
        #expect(try Orchard.applies(condition, to: Self.question) == holds)
    }

    @Test(
        "Fields of the context are those of our input",
        arguments: [
            ("field: agent_id, operator: eq, value: rev-1", true),
            ("field: machine_id, operator: eq, value: m1", true),
            ("field: project_id, operator: eq, value: Press", true),
            ("field: session_id, operator: eq, value: s1", true), ("field: user_id, operator: eq, value: ann", true),
            ("field: git_branch, operator: eq, value: main", true),
            ("field: git_repo, operator: endswith, value: chard", true),
            ("field: operation_type, operator: eq, value: deploy", true),
            ("field: role, operator: eq, value: tester", true), ("field: role, operator: ne, value: tester", false),
            ("field: role, operator: in, value: [boss, reviewer]", true),
            ("field: capabilities, operator: contains, value: mysql", true),
            ("field: capabilities, operator: contains, value: sql", false),
            ("field: event, operator: eq, value: operation", true),
        ])
    func fields(condition: String, holds: Bool) throws {
        #expect(try Orchard.applies(condition, to: Self.question) == holds)
    }

    @Test(
        "Nothing holds of a field that is missing, except that it is not equal",
        arguments: [
            ("eq, value: x", false), ("ne, value: x", true), ("in, value: [x]", false), ("regex, value: x", false),
            ("contains, value: x", false), ("startswith, value: x", false), ("endswith, value: x", false),
            ("gt, value: 0", false), ("lt, value: 0", false), ("gte, value: 0", false), ("lte, value: 0", false),
        ])
    func missing(rest: String, holds: Bool) throws {
        for field in ["absent", "role", "project_id", "agent_id", "operation_typo", "content"] {
            for question in ["{\"event\":\"commit\"}", "{\"event\":\"commit\",\"args\":{}}"] {
                #expect(try Orchard.applies("field: \(field), operator: \(rest)", to: question) == holds, "\(field)")
            }
        }
    }

    @Test("What names projects, agents, machines, roles and tools is found by an index")
    func indexed() throws {
        let conditions = """
            {field: project_id, operator: in, value: [a, b]}, {field: project_id, operator: ne, value: b},
            {field: role, operator: eq, value: x}, {field: agent_id, operator: eq, value: 'a*'}
            """
        let orchard = try Orchard(rules: [
            "id: r, name: r, conditions: [\(conditions)], actions: [{action_type: set, target: s, value: 1}]"
        ])
        #expect(orchard.imported.rules[0].rule.match.projects == ["a", "b"])
        #expect(orchard.imported.rules[0].rule.match.roles == ["x"])
        #expect(orchard.law.indexReport.entries[0].warning == nil)
        for (project, agent, holds) in [("a", "a*", true), ("b", "a*", false), ("a", "ab", false), ("c", "a*", false)] {
            let question = """
                {"event":"commit","project":"\(project)","agent":{"name":"\(agent)","roles":["y","x"]}}
                """
            #expect(try (orchard.decide(question).settings["s"] != nil) == holds, "\(project) \(agent)")
        }
    }

    @Test(
        "Whatever is in a value is taken letter by letter", arguments: ["it's", "a\\b", "{x}", "[", "$1", "*y", "a\nb"])
    func letters(text: String) throws {
        let quoted = YAMLText.text(.string(text)).dropLast()
        let json = JSONText.render(.string(text))
        for kind in ["eq", "contains", "startswith", "endswith"] {
            for sensitive in [true, false] {
                let condition = "field: t, operator: \(kind), value: \(quoted), case_sensitive: \(sensitive)"
                #expect(try Orchard.applies(condition, to: "{\"event\":\"commit\",\"args\":{\"t\":\(json)}}"))
                #expect(try !Orchard.applies(condition, to: "{\"event\":\"commit\",\"args\":{\"t\":\"z\"}}"))
            }
        }
    }
}
