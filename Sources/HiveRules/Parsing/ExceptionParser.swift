/// Reads an exception.
struct ExceptionParser {
    /// The document as it is written.
    let text: String

    func exception(_ reader: inout YAMLReader) throws(RuleError) -> RuleException {
        var metadata = try reader.requiredReader("metadata")
        var spec = try reader.requiredReader("spec")
        var exception = RuleException(
            name: try metadata.name(), rules: try spec.texts("rules"), effective: EffectivePeriod(),
            reason: try spec.requiredText("reason"), location: reader.location, text: text)
        exception.version = try metadata.version()
        try metadata.finish()
        guard !exception.rules.isEmpty else {
            throw RuleError("`rules` is missing", at: spec.location, hint: "name the rules that do not apply")
        }
        if var match = try spec.reader("match") { exception.match = try MatchParser.match(&match) }
        exception.when = try spec.text("when")
        exception.approvedBy = try spec.text("approvedBy")
        if var period = try spec.reader("effective") { exception.effective = try PeriodParser.period(&period) }
        guard exception.effective.until != nil else {
            throw RuleError(
                "an exception must end", at: spec.location,
                hint: "add effective: {until: 2026-12-31}, or change the rule")
        }
        try spec.finish()
        exception.tests = try RuleTestParser.tests(&reader)
        return exception
    }
}
