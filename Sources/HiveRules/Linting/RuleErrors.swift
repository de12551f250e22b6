public import HiveCEL

/// Finds everything that keeps files from being compiled, not only the first thing.
public enum RuleErrors {
    /// All errors in the order of the files; none where the files compile.
    public static func all(
        in sources: [RuleFiles.Source], zones: (any TimeZoneProvider)? = nil
    ) -> [RuleError] {
        var errors = sources.flatMap(parsing)
        if errors.isEmpty { errors = compiling(sources, zones) }
        return errors.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
    }

    /// Each document by itself.
    private static func parsing(_ source: RuleFiles.Source) -> [RuleError] {
        RuleFiles.documents(of: source.text).compactMap { document in
            let parser = DocumentParser(path: source.path, text: document.text, lineOffset: document.line)
            return error { () throws(RuleError) in _ = try parser.parse() }
        }
    }

    /// Each rule by itself, once all of them are there.
    private static func compiling(_ sources: [RuleFiles.Source], _ zones: (any TimeZoneProvider)?) -> [RuleError] {
        var contents = RuleFiles.Contents()
        var rules: [Rule] = []
        var schema = InputSchema.standard
        let whole = error { () throws(RuleError) in
            contents = try RuleFiles.load(sources)
            schema = try schema.adding(contents.schemas)
            rules = try RuleResolver.resolve(contents.rules)
        }
        if let whole { return [whole] }
        var fields = FieldTable()
        let errors = (rules + contents.exceptions.map(\.asRule)).compactMap { rule in
            error { () throws(RuleError) in _ = try CompiledRule(rule, schema: schema, fields: &fields, zones: zones) }
        }
        guard errors.isEmpty else { return errors }
        let last = error { () throws(RuleError) in
            _ = try CompiledRuleSet.compile(contents, label: "", zones: zones)
        }
        return last.map { [$0] } ?? []
    }

    private static func error(_ body: () throws(RuleError) -> Void) -> RuleError? {
        do throws(RuleError) {
            try body()
            return nil
        } catch { return error }
    }
}
