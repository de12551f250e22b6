import HiveCEL
import HiveRules
import Testing

/// Templates are read strictly, and filled with what fits.
@Suite struct RuleTemplateTests {
    private static let rule = """
        apiVersion: hive/v1
        kind: Rule
        metadata: {name: limit}
        spec:
          match: {events: [tool.pre]}
          # Why there is a limit.
          when: args.count > params.limit
          params: {limit: "{{limit}}", names: "{{names}}", first: "{{names.0}}", labels: "{{labels}}", hard: "{{hard}}"}
          effect: deny
        """

    private static let parameters = """
        limit: {type: int, default: 5, pattern: "^[0-9]$", description: how many}
            names: {type: list, default: [a, b], pattern: "^[a-z ]*$", description: who}
            labels: {type: map, default: {team: x}, description: what for}
            hard: {type: bool, default: true, description: whether}
            color: {type: string, default: red, allowed: [red, green], description: which}
            owner: {type: string, required: true, example: ava, description: whose}
        """

    private func template(_ parameters: String = parameters, _ body: String = rule) throws(RuleError) -> RuleTemplate {
        let head =
            "apiVersion: hive/v1\nkind: RuleTemplate\nmetadata: {name: t, version: 2}\nspec:\n  summary: One line.\n"
        return try RuleTemplate(.init(path: "t.yaml", text: "\(head)  parameters:\n    \(parameters)\n---\n\(body)\n"))
    }

    private func error(_ body: () throws(RuleError) -> RuleTemplate) -> RuleError? {
        do throws(RuleError) {
            _ = try body()
            return nil
        } catch { return error }
    }

    private func failure(_ template: RuleTemplate, _ pairs: [(String, String)]) -> RuleTemplate.Failure? {
        do throws(RuleTemplate.Failure) {
            _ = try template.filled(try template.values(pairs.map { (name: $0.0, value: $0.1) }))
            return nil
        } catch { return error }
    }

    @Test("Values of every type take their places, and comments stay")
    func filled() throws {
        let template = try template()
        let values = try template.values([
            ("limit", "7"), ("names", "x,y z"), ("labels", "a=1,b=c"), ("hard", "false"), ("owner", "ava"),
        ])
        let text = try template.filled(values)
        #expect(text.contains("# Why there is a limit."))
        let rule = try #require(try RuleFiles.load([.init(path: "s/r.yaml", text: text)]).rules.first)
        #expect(rule.params["limit"]?.equals(.int(7)) == true)
        #expect(rule.params["names"]?.equals(.list([.string("x"), .string("y z")])) == true)
        #expect(rule.params["first"]?.equals(.string("x")) == true)
        let labels = Value.map(ValueMap(["a": .string("1"), "b": .string("c")]))
        #expect(rule.params["labels"]?.equals(labels) == true)
        #expect(rule.params["hard"]?.equals(.bool(false)) == true)
    }

    @Test("Lists and maps may be JSON")
    func json() throws {
        let template = try template()
        let values = try template.values([("names", "[\"a\", \"b c\"]"), ("labels", "{\"k\": \"v,w\"}")])
        #expect(values["names"]?.equals(.list([.string("a"), .string("b c")])) == true)
        #expect(values["labels"]?.equals(.map(ValueMap(["k": .string("v,w")]))) == true)
    }

    @Test(
        "What does not fit is refused with advice",
        arguments: [
            ("limit", "many", "no int"), ("limit", "12", "does not match"), ("names", "A", "does not match"),
            ("names", "[1]", "no list"), ("names", "[", "no list"), ("labels", "x", "no map"),
            ("labels", "a=1,a=2", "no map"),
            ("hard", "yes", "no bool"), ("color", "blue", "not allowed"), ("colour", "red", "no parameter `colour`"),
            ("names", "", "no gap"),
        ])
    func refused(name: String, text: String, reason: String) throws {
        let failure = failure(try template(), [("owner", "ava"), (name, text)])
        #expect(failure?.message.contains(reason) == true, "\(failure?.message ?? "nothing")")
        #expect(failure?.hint.isEmpty == false)
    }

    @Test("What must be given must be given, and once")
    func required() throws {
        let template = try template()
        #expect(failure(template, [])?.message == "parameter `owner` of `t` is missing")
        #expect(failure(template, [("owner", "a"), ("owner", "b")])?.message == "`owner` is given twice")
        #expect(failure(template, [("color", "green"), ("colr", "x"), ("owner", "a")])?.hint.contains("color") == true)
    }

    @Test(
        "A gap in an expression, inside a text, or of no parameter makes no template",
        arguments: [
            ("args.count > params.limit", "\"{{owner}} == 'x'\""), ("args.count > params.limit", "\"{{owner}}\""),
            ("\"{{hard}}\"", "\"{{unknown}}\""), ("\"{{hard}}\"", "\"{{names.9}}\""), ("\"{{hard}}\"", "'{{hard}}'"),
            ("\"{{hard}}\"", "\"x {{hard}}\""),
        ])
    func gaps(old: String, new: String) {
        let parts = Self.rule.split(separator: old, maxSplits: 1)
        #expect(parts.count == 2)
        let body = parts.joined(separator: new)
        #expect(error { () throws(RuleError) in try template(Self.parameters, body) } != nil)
    }

    @Test(
        "Parameters that contradict themselves make no template",
        arguments: [
            "limit: {type: int, default: x, description: d}", "limit: {type: number, default: 1, description: d}",
            "limit: {type: int, description: d}", "limit: {type: int, required: true, description: d}",
            "limit: {type: int, required: true, default: 1, example: 1, description: d}",
            "limit: {type: int, default: 1}",
            "limit: {type: int, default: 1, description: d, pattern: \"(\"}",
            "limit: {type: int, default: 1, description: d, typ: x}",
            "li-mit: {type: int, default: 1, description: d}",
            "limit: {type: int, default: 10, pattern: \"^.$\", description: d}",
        ])
    func contradictions(parameter: String) {
        let body = Law.rule("r", "match: {events: [commit]}, params: {limit: 1}, effect: deny")
        #expect(error { () throws(RuleError) in try template(parameter, body) } != nil)
    }

    @Test("A template among rules is told apart from a misspelt kind")
    func amongRules() {
        let error = Law.error(["apiVersion: hive/v1\nkind: RuleTemplate\nmetadata: {name: t}\n"])
        #expect(error?.hint.contains("rules new --from") == true)
    }

    @Test("Files that are no templates are refused")
    func noTemplates() {
        for text in [
            "", Self.rule, "apiVersion: hive/v1\nkind: RuleTemplate\nmetadata: {name: t}\nspec: {summary: s}\n",
        ] {
            #expect(error { () throws(RuleError) in try RuleTemplate(.init(path: "t.yaml", text: text)) } != nil)
        }
    }
}
