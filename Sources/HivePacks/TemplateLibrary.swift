public import HiveRules

/// The templates that come with Hive.
public enum TemplateLibrary {
    /// All of them, by name. Throws where one is broken, which its test finds first.
    public static func all() throws(RuleError) -> [RuleTemplate] {
        var templates: [RuleTemplate] = []
        for source in sources { templates.append(try RuleTemplate(source)) }
        return templates.sorted { $0.name < $1.name }
    }

    /// The files as they are written.
    public static var sources: [RuleFiles.Source] {
        files.map { name, bytes in
            RuleFiles.Source(path: "templates/\(name).template.yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
