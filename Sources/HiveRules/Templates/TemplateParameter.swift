public import HiveCEL

/// What a template wants to know before it becomes rules.
public struct TemplateParameter: Sendable {
    public let name: String
    public let type: Kind
    public let description: String
    /// What counts where nothing is given; nil where something must be.
    public let fallback: Value?
    /// A value that shows what is meant, for parameters without a default.
    public let example: Value?
    /// What each text must match; of lists and maps every element, of numbers their digits.
    public let pattern: String?
    /// The only texts that may be given; empty for any.
    public let allowed: [String]
    private let expression: RegularExpression?

    /// The types of parameters.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case string
        case int
        case bool
        /// Of texts.
        case list
        /// From texts to texts.
        case map
    }

    /// Throws where the pattern is none.
    init(
        _ name: String, type: Kind, description: String, fallback: Value?, example: Value?, pattern: String?,
        allowed: [String]
    ) throws(RegularExpression.Failure) {
        self.name = name
        self.type = type
        self.description = description
        self.fallback = fallback
        self.example = example
        self.pattern = pattern
        self.allowed = allowed
        expression = try pattern.map { text throws(RegularExpression.Failure) in try RegularExpression(text) }
    }

    public var isRequired: Bool { fallback == nil }

    /// Reads a value as people write it: `5`, `true`, `a,b`, `a=1,b=2`; lists and maps also as JSON.
    public func value(of text: String) throws(RuleTemplate.Failure) -> Value {
        let read: Value? =
            switch type {
            case .string: .string(text)
            case .int: Int64(text).map(Value.int)
            case .bool: ["true": Value.bool(true), "false": Value.bool(false)][text]
            case .list: text.hasPrefix("[") ? Self.json(text) : .list(Self.parts(of: text).map(Value.string))
            case .map: text.hasPrefix("{") ? Self.json(text) : Self.map(text)
            }
        guard let read else { throw failure("`\(text)` is no \(type.rawValue)") }
        try check(read)
        return read
    }

    /// Throws for a value of another type, and for one that the template does not take.
    func check(_ value: Value) throws(RuleTemplate.Failure) {
        guard let texts = texts(of: value) else { throw failure("\(JSONText.render(value)) is no \(type.rawValue)") }
        for text in texts {
            if !allowed.isEmpty, !allowed.contains(text) {
                throw failure("`\(text)` is not allowed", hint: "use \(allowed.joined(separator: ", "))")
            }
            if let expression, !expression.matches(text) {
                throw failure("`\(text)` does not match \(pattern ?? "")", hint: description)
            }
        }
    }

    /// The texts that pattern and list are about; nil for a value of another type.
    private func texts(of value: Value) -> [String]? {
        switch (type, value) {
        case (.string, .string(let text)): [text]
        case (.int, .int(let number)): ["\(number)"]
        case (.bool, .bool(let truth)): ["\(truth)"]
        case (.list, .list(let values)): Self.texts(values)
        case (.map, .map(let map)):
            Self.texts(map.entries.map(\.key)).flatMap { _ in Self.texts(map.entries.map(\.value)) }
        default: nil
        }
    }

    private static func texts(_ values: [Value]) -> [String]? {
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { return nil }
            texts.append(text)
        }
        return texts
    }

    private static func json(_ text: String) -> Value? {
        do { return try JSONText.parse(text) } catch { return nil }
    }

    private static func parts(of text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    private static func map(_ text: String) -> Value? {
        var map = ValueMap()
        for part in parts(of: text) {
            guard let equals = part.firstIndex(of: "="),
                map.insert(.string(String(part[part.index(after: equals)...])), for: .string(String(part[..<equals])))
            else { return nil }
        }
        return .map(map)
    }

    private func failure(_ message: String, hint: String? = nil) -> RuleTemplate.Failure {
        let form: String =
            switch type {
            case .string: "a text"
            case .int: "a whole number"
            case .bool: "true or false"
            case .list: "texts as in a,b or a JSON list of texts"
            case .map: "texts as in a=1,b=2 or a JSON object of texts"
            }
        return RuleTemplate.Failure(
            message: "parameter `\(name)`: \(message)", hint: hint ?? "give \(form): \(description)")
    }
}
