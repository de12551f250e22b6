public import HiveCEL

/// Rules with gaps. A file of one begins with a document of the kind `RuleTemplate` that names its parameters; the rule
/// documents behind it hold `"{{name}}"` where a value goes, or `"{{name.0}}"` for an element of a list. A gap is
/// always a whole value and never stands in an expression: what is given becomes data, not source.
public struct RuleTemplate: Sendable {
    public let name: String
    public let version: Int64
    /// One line.
    public let summary: String
    public let parameters: [TemplateParameter]
    public let path: String
    /// The text behind the first document.
    let body: String

    /// Why a template cannot be filled.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let message: String
        public let hint: String
        public var description: String { "\(message); \(hint)" }
    }

    /// Throws where the text is no template, or where its defaults and examples do not make rules.
    public init(_ source: RuleFiles.Source) throws(RuleError) {
        let parsed = try TemplateParser(source).template()
        name = parsed.name
        version = parsed.version
        summary = parsed.summary
        parameters = parsed.parameters
        body = parsed.body
        path = source.path
        do throws(Failure) {
            _ = try filled(samples)
        } catch {
            throw RuleError(error.message, at: RuleLocation(path: path, line: 1, column: 1), hint: error.hint)
        }
    }

    /// A value for each parameter: its default, or the example of one that has none.
    public var samples: [String: Value] {
        var samples: [String: Value] = [:]
        for parameter in parameters { samples[parameter.name] = parameter.fallback ?? parameter.example }
        return samples
    }

    /// Reads `name=value` pairs as people write them.
    public func values(_ texts: [(name: String, value: String)]) throws(Failure) -> [String: Value] {
        var values: [String: Value] = [:]
        for (name, text) in texts {
            let parameter = try parameter(name)
            guard values[name] == nil else {
                throw Failure(message: "`\(name)` is given twice", hint: "give it once; lists are written a,b")
            }
            values[name] = try parameter.value(of: text)
        }
        return values
    }

    /// Rule documents with the values in their places, and defaults where none is given.
    public func filled(_ values: [String: Value]) throws(Failure) -> String {
        for name in values.keys.sorted() { _ = try parameter(name) }
        var all: [String: Value] = [:]
        for parameter in parameters {
            guard let value = values[parameter.name] ?? parameter.fallback else {
                throw Failure(
                    message: "parameter `\(parameter.name)` of `\(name)` is missing",
                    hint: "give --param \(parameter.name)=…: \(parameter.description)")
            }
            try parameter.check(value)
            all[parameter.name] = value
        }
        return try TemplateFilling(values: all).fill(body, path: path)
    }

    private func parameter(_ name: String) throws(Failure) -> TemplateParameter {
        if let parameter = parameters.first(where: { $0.name == name }) { return parameter }
        let known = parameters.map(\.name)
        throw Failure(
            message: "`\(self.name)` has no parameter `\(name)`",
            hint: Suggestion.nearest(to: name, among: known)
                ?? (known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"))
    }
}
