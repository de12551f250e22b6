import HiveCEL

/// Reads a rule.
struct RuleParser {
    /// The document as it is written.
    let text: String

    func rule(_ reader: inout YAMLReader) throws(RuleError) -> Rule {
        var metadata = try reader.requiredReader("metadata")
        var spec = try reader.requiredReader("spec")
        let extends = try spec.texts("extends")
        let effect = try spec.choice("effect", as: RuleEffect.self)
        let isAbstract = try spec.bool("abstract") ?? false
        guard effect != nil || isAbstract || !extends.isEmpty else {
            throw RuleError("`effect` is missing", at: spec.location, hint: "say what follows, for example deny")
        }
        var rule = Rule(
            name: try metadata.name(), set: "", effect: effect ?? .annotate, location: reader.location, text: text)
        rule.extends = extends
        rule.isAbstract = isAbstract
        rule.version = try metadata.version()
        if let type = try metadata.text("type") { rule.type = type }
        rule.created = try PeriodParser.moment(&metadata, "created")?.milliseconds
        rule.origin = try metadata.mapping("origin")
        for (key, value) in try metadata.values("labels") {
            guard case .string(let label) = value else {
                rule.labels[key] = JSONText.render(value)
                continue
            }
            rule.labels[key] = label
        }
        try metadata.finish()
        try reach(&spec, into: &rule)
        try condition(&spec, into: &rule)
        try consequence(&spec, into: &rule)
        rule.given = spec.keys
        rule.places = spec.places
        try spec.finish()
        if rule.extends.isEmpty { try RuleCoherence.check(rule, at: spec.location) }
        rule.tests = try RuleTestParser.tests(&reader)
        return rule
    }

    private func reach(_ spec: inout YAMLReader, into rule: inout Rule) throws(RuleError) {
        rule.description = try spec.text("description")
        rule.scope = try spec.choice("scope", as: RuleScope.self) ?? .global
        rule.priority = try priority(&spec)
        rule.enforcement = try spec.choice("enforcement", as: RuleEnforcement.self) ?? .enforce
        rule.overrides = try spec.texts("overrides")
        rule.assignments = try AssignmentParser.assignments(&spec)
        if var period = try spec.reader("effective") { rule.effective = try PeriodParser.period(&period) }
    }

    private func condition(_ spec: inout YAMLReader, into rule: inout Rule) throws(RuleError) {
        if var match = try spec.reader("match") { rule.match = try MatchParser.match(&match) }
        rule.when = try spec.text("when")
        rule.params = try spec.values("params")
        rule.variables = try variables(&spec)
        rule.onError = try spec.choice("onError", as: RuleFailure.self)
    }

    private func consequence(_ spec: inout YAMLReader, into rule: inout Rule) throws(RuleError) {
        rule.message = try spec.text("message")
        rule.remediation = try spec.text("remediation")
        // An empty one takes back what would be inherited.
        if let violation = try spec.text("violation"), !violation.isEmpty { rule.violation = violation }
        rule.setting = try SettingParser.setting(&spec)
        rule.settings = try SettingParser.changes(&spec)
        rule.strategy = try spec.choice("strategy", as: SettingStrategy.self)
        if var transform = try spec.reader("transform") {
            for field in InputSchema.transformable {
                if let expression = try transform.text(field) { rule.transform[field] = expression }
            }
            try transform.finish()
        }
    }

    /// A mapping from names to expressions, or a list of `{name, expression}`.
    private func variables(_ spec: inout YAMLReader) throws(RuleError) -> [RuleVariable] {
        var variables: [RuleVariable] = []
        if spec.isList("variables") {
            for var entry in try spec.readers("variables") {
                variables.append(
                    RuleVariable(
                        name: try entry.requiredText("name"), expression: try entry.requiredText("expression")))
                try entry.finish()
            }
        } else if var entries = try spec.reader("variables") {
            for name in entries.keysInOrder {
                variables.append(RuleVariable(name: name, expression: try entries.requiredText(name)))
            }
        }
        var seen: Set<String> = []
        for variable in variables {
            let isName =
                variable.name.first?.isNumber == false
                && variable.name.unicodeScalars.allSatisfy(ShellWords.isNameCharacter)
            guard isName, seen.insert(variable.name).inserted else {
                throw RuleError(
                    "`\(variable.name)` is no name for a variable, or stands twice", at: spec.location(of: "variables"),
                    hint: "use letters, digits and `_`")
            }
        }
        return variables
    }

    static let priorities: [(name: String, value: Int64)] = [
        ("critical", 1000), ("high", 750), ("normal", 500), ("low", 250), ("advisory", 100),
    ]

    private func priority(_ spec: inout YAMLReader) throws(RuleError) -> Int {
        guard let text = try spec.text("priority") else { return 500 }
        let named = Self.priorities.first { $0.name == text }?.value
        guard let value = named ?? Int64(text), (1...1000).contains(value) else {
            throw RuleError(
                "`\(text)` is no priority", at: spec.location(of: "priority"),
                hint: "use 1 to 1000, or critical, high, normal, low, advisory")
        }
        return Int(value)
    }
}
