import HiveCEL
import HiveCore
import Yams

/// Reads one document.
struct DocumentParser {
    let path: String
    let text: String
    let lineOffset: Int

    enum Document {
        case rule(Rule)
        case set(RuleSetDocument)
    }

    func parse() throws(RuleError) -> Document? {
        guard let node = try compose() else { return nil }
        var reader = try YAMLReader(node, path: path, lineOffset: lineOffset, what: "a document")
        let version = try reader.requiredText("apiVersion")
        guard version == "hive/v1" else {
            throw RuleError(
                "unknown apiVersion `\(version)`", at: reader.location(of: "apiVersion"), hint: "use hive/v1")
        }
        switch try reader.requiredText("kind") {
        case "Rule": return .rule(try rule(&reader))
        case "RuleSet": return .set(try set(&reader))
        case let other:
            throw RuleError("unknown kind `\(other)`", at: reader.location(of: "kind"), hint: "use Rule or RuleSet")
        }
    }

    private func compose() throws(RuleError) -> Node? {
        do { return try Yams.compose(yaml: text) } catch let error as YamlError {
            throw RuleError("not valid YAML: \(Self.summary(error))", at: location(of: error))
        } catch {
            throw RuleError("not valid YAML: \(error)", at: RuleLocation(path: path, line: lineOffset + 1, column: 1))
        }
    }

    private static func summary(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "\(error)"
        }
    }

    private func location(of error: YamlError) -> RuleLocation {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            RuleLocation(path: path, line: mark.line + lineOffset, column: mark.column)
        default: RuleLocation(path: path, line: lineOffset + 1, column: 1)
        }
    }

    private func set(_ reader: inout YAMLReader) throws(RuleError) -> RuleSetDocument {
        guard var metadata = try reader.reader("metadata") else {
            throw RuleError("`metadata` is missing", at: reader.location)
        }
        let set = RuleSetDocument(
            name: try name(&metadata), version: try metadata.integer("version") ?? 1, location: reader.location)
        try metadata.finish()
        try reader.finish()
        return set
    }

    private func name(_ metadata: inout YAMLReader) throws(RuleError) -> String {
        let name = try metadata.requiredText("name")
        guard ScopeName.isValid(name: name) else {
            throw RuleError(
                "`\(name)` is no name", at: metadata.location(of: "name"),
                hint: "use letters, digits, `.`, `_`, `-`, at most 64")
        }
        return name
    }

    private func rule(_ reader: inout YAMLReader) throws(RuleError) -> Rule {
        guard var metadata = try reader.reader("metadata") else {
            throw RuleError("`metadata` is missing", at: reader.location)
        }
        guard var spec = try reader.reader("spec") else { throw RuleError("`spec` is missing", at: reader.location) }
        guard let effect = try spec.choice("effect", as: RuleEffect.self) else {
            throw RuleError("`effect` is missing", at: spec.location, hint: "say what follows, for example deny")
        }
        var rule = Rule(
            name: try name(&metadata), set: "", effect: effect, location: reader.location, text: text)
        rule.version = try metadata.integer("version") ?? 1
        rule.type = try metadata.text("type") ?? rule.type
        for (key, value) in try metadata.values("labels") { rule.labels[key] = JSONText.render(value) }
        try metadata.finish()
        try read(&spec, into: &rule)
        try spec.finish()
        for var test in try reader.readers("tests") { rule.tests.append(try self.test(&test)) }
        try reader.finish()
        return rule
    }

    private func read(_ spec: inout YAMLReader, into rule: inout Rule) throws(RuleError) {
        rule.scope = try spec.choice("scope", as: RuleScope.self) ?? .global
        rule.priority = try priority(&spec)
        if var match = try spec.reader("match") { rule.match = try self.match(&match) }
        rule.when = try spec.text("when")
        rule.params = try spec.values("params")
        rule.message = try spec.text("message")
        rule.remediation = try spec.text("remediation")
        rule.onError = try spec.choice("onError", as: RuleFailure.self)
        rule.enforcement = try spec.choice("enforcement", as: RuleEnforcement.self) ?? .enforce
        rule.overrides = try spec.texts("overrides")
        if var period = try spec.reader("effective") {
            rule.effective.from = try time(&period, "from")
            rule.effective.until = try time(&period, "until")
            try period.finish()
        }
        if var setting = try spec.reader("setting") {
            rule.setting = RuleSetting(
                name: try setting.requiredText("name"), value: try setting.value("value") ?? .null)
            try setting.finish()
        }
        if rule.effect.isSetting != (rule.setting != nil) {
            throw RuleError(
                rule.effect.isSetting ? "`setting` is missing" : "`setting` goes with set, append or merge only",
                at: spec.location, hint: "setting: {name: …, value: …}")
        }
        if var transform = try spec.reader("transform") {
            for field in InputSchema.transformable {
                if let expression = try transform.text(field) { rule.transform[field] = expression }
            }
            try transform.finish()
        }
        if (rule.effect == .transform) == rule.transform.isEmpty {
            throw RuleError(
                rule.effect == .transform
                    ? "`transform` is missing" : "`transform` goes with the effect transform only",
                at: spec.location, hint: "transform: {command: \"…\"}")
        }
        if !rule.overrides.isEmpty, rule.effect != .allow {
            throw RuleError("`overrides` goes with the effect allow only", at: spec.location(of: "overrides"))
        }
    }

    private static let priorities: [String: Int64] = [
        "critical": 1000, "high": 750, "normal": 500, "low": 250, "advisory": 100,
    ]

    private func priority(_ spec: inout YAMLReader) throws(RuleError) -> Int {
        guard let text = try spec.text("priority") else { return 500 }
        guard let value = Self.priorities[text] ?? Int64(text), (1...1000).contains(value) else {
            throw RuleError(
                "`\(text)` is no priority", at: spec.location(of: "priority"),
                hint: "use 1 to 1000, or critical, high, normal, low, advisory")
        }
        return Int(value)
    }

    private func match(_ reader: inout YAMLReader) throws(RuleError) -> RuleMatch {
        var match = RuleMatch()
        match.events = try reader.texts("events")
        for event in match.events where !event.contains(where: { "*?".contains($0) }) && InputSchema.standard.events[event] == nil {
            throw RuleError(
                "there is no event `\(event)`", at: reader.location(of: "events"),
                hint: Suggestion.nearest(to: event, among: InputSchema.standard.eventNames)
                    ?? "known are \(InputSchema.standard.eventNames.joined(separator: ", "))")
        }
        match.tools = try reader.texts("tools")
        match.commands = try reader.texts("commands")
        match.paths = try reader.texts("paths")
        match.agents = try reader.texts("agents")
        match.roles = try reader.texts("roles")
        match.machines = try reader.texts("machines")
        match.projects = try reader.texts("projects")
        try reader.finish()
        return match
    }

    private func time(_ reader: inout YAMLReader, _ key: String) throws(RuleError) -> Int64? {
        guard let text = try reader.text(key) else { return nil }
        let full = text.count == 10 ? text + "T00:00:00Z" : text
        guard let time = HiveCore.Timestamp(rfc3339: full) else {
            throw RuleError("`\(text)` is no time", at: reader.location(of: key), hint: "write 2026-11-21T08:00:00Z")
        }
        return time.milliseconds
    }

    private func test(_ reader: inout YAMLReader) throws(RuleError) -> RuleTest {
        let location = reader.location
        let name = try reader.requiredText("name")
        guard let input = try reader.value("input") else { throw RuleError("`input` is missing", at: location) }
        guard var expect = try reader.reader("expect") else { throw RuleError("`expect` is missing", at: location) }
        var test = RuleTest(name: name, input: input, location: location)
        test.effect = try expect.text("effect")
        test.allowed = try expect.bool("allowed")
        test.settings = try expect.values("settings")
        try expect.finish()
        try reader.finish()
        return test
    }
}
