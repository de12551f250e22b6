import HiveCEL

/// Transformations of a part of the input that Hive makes itself; all others are told to who asks as a setting.
struct TransformTranslator {
    /// Expressions by field.
    private(set) var fields: [(field: String, expression: String)] = []
    /// What Hive does not make itself.
    private(set) var others: [HAIveMindAction] = []

    private static let contents: Set<String> = [
        "content", "code_content", "commit_content", "commit_message", "message", "response",
    ]

    init(_ actions: [HAIveMindAction]) {
        for action in actions where action.type == .transform {
            guard let field = Self.field(action.target) else {
                others.append(action)
                continue
            }
            let place = fields.firstIndex { $0.field == field }
            let subject = place.map { fields[$0].expression } ?? "string(input.\(field))"
            guard let expression = Self.expression(action, subject) else {
                others.append(action)
                continue
            }
            if let place { fields[place].expression = expression } else { fields.append((field, expression)) }
        }
    }

    /// Whether there is anything to transform.
    var violation: String? {
        let changes = fields.map { "has(input.\($0.field)) && \($0.expression) != input.\($0.field)" }
        return changes.isEmpty ? nil : changes.joined(separator: " || ")
    }

    private static func field(_ target: String) -> String? {
        if contents.contains(target) { return "content" }
        return InputSchema.transformable.first { $0 == target }
    }

    private static func expression(_ action: HAIveMindAction, _ subject: String) -> String? {
        if let pattern = action.parameters.text("pattern"), let replacement = action.parameters.text("replacement") {
            return "regex.replace(\(subject), \(CELText.quoted(pattern)), \(CELText.quoted(replacement)))"
        }
        guard case .string(let name) = action.value else { return nil }
        switch name {
        case "lowercase", "lower": return "\(subject).lowerAscii()"
        case "uppercase", "upper": return "\(subject).upperAscii()"
        case "trim", "strip": return "\(subject).trim()"
        default: return nil
        }
    }
}
