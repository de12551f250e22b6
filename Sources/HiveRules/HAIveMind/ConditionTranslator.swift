import HiveCEL

/// Conditions as expressions. A field that is missing has no values: only `ne` holds of it. Of a field with several
/// values, such as roles, a condition holds where it does for one of them, and `ne` where `eq` does for none.
enum ConditionTranslator {
    static func expression(_ condition: HAIveMindCondition, _ variables: inout RuleVariables) -> String {
        let field = ContextField(condition.field)
        if condition.operator == .contains, !field.isList { return contains(condition, field, &variables) }
        let values = variables.reference(field.values, name: condition.field)
        switch condition.operator {
        case .equal: return "\(values).exists(v, \(equal(condition)))"
        case .unequal: return "!\(values).exists(v, \(equal(condition)))"
        case .in: return "\(values).exists(v, \(member(condition)))"
        case .contains: return "\(values).exists(v, \(equal(condition)))"
        case .regex, .startsWith, .endsWith: return "\(values).exists(v, \(search(condition, in: "v")))"
        case .greater, .less, .greaterOrEqual, .lessOrEqual: return "\(values).exists(v, \(order(condition)))"
        }
    }

    private static func equal(_ condition: HAIveMindCondition) -> String {
        equal(condition.value, isCaseSensitive: condition.isCaseSensitive)
    }

    private static func equal(_ value: Value, isCaseSensitive: Bool) -> String {
        guard !isCaseSensitive, case .string(let text) = value else { return "v == \(CELText.literal(value))" }
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return "type(v) == string && v.lowerAscii() == \(CELText.quoted(text.lowercased()))"
        }
        return "type(v) == string && v.matches(\(CELText.quoted("(?is)\\A\(CELText.pattern(for: text))\\z")))"
    }

    private static func member(_ condition: HAIveMindCondition) -> String {
        guard case .list(let values) = condition.value, !values.isEmpty else { return "false" }
        if condition.isCaseSensitive { return "v in \(CELText.literal(condition.value))" }
        return values.map { "(\(equal($0, isCaseSensitive: false)))" }.joined(separator: " || ")
    }

    /// A part of a text, or an element of a list.
    private static func contains(
        _ condition: HAIveMindCondition, _ field: ContextField, _ variables: inout RuleVariables
    ) -> String {
        let value = variables.reference("\(field.optional).orValue(dyn([]))", name: "\(condition.field)_value")
        let element = "\(value).exists(v, \(equal(condition)))"
        guard case .string = condition.value else { return "type(\(value)) == list && \(element)" }
        return "(type(\(value)) == list ? \(element) : \(search(condition, in: value)))"
    }

    /// What is asked of a text; nothing else has one.
    private static func search(_ condition: HAIveMindCondition, in subject: String) -> String {
        guard case .string(let text) = condition.value else { return "false" }
        let isSensitive = condition.isCaseSensitive
        let test: String
        switch condition.operator {
        case .regex: test = matches(subject, isSensitive ? text : "(?i)" + text)
        case .startsWith where !isSensitive: test = matches(subject, "(?is)\\A" + CELText.pattern(for: text))
        case .endsWith where !isSensitive: test = matches(subject, "(?is)" + CELText.pattern(for: text) + "\\z")
        case .startsWith: test = "\(subject).startsWith(\(CELText.quoted(text)))"
        case .endsWith: test = "\(subject).endsWith(\(CELText.quoted(text)))"
        default:
            test =
                isSensitive
                ? "\(subject).contains(\(CELText.quoted(text)))"
                : matches(subject, "(?is)" + CELText.pattern(for: text))
        }
        return "type(\(subject)) == string && \(test)"
    }

    private static func matches(_ subject: String, _ pattern: String) -> String {
        "\(subject).matches(\(CELText.quoted(pattern)))"
    }

    /// Numbers by their size, also those that are written as texts; other texts, such as times, by their letters.
    private static func order(_ condition: HAIveMindCondition) -> String {
        let signs: [HAIveMindCondition.Operator: String] = [
            .greater: ">", .less: "<", .greaterOrEqual: ">=", .lessOrEqual: "<=",
        ]
        let sign = signs[condition.operator] ?? ">"
        var number = condition.value
        if case .string(let text) = condition.value {
            guard let parsed = Double(text), parsed.isFinite else {
                return "type(v) == string && v \(sign) \(CELText.quoted(text))"
            }
            number = Int64(text).map(Value.int) ?? .double(parsed)
        }
        let literal = CELText.literal(number)
        return "(type(v) in [int, uint, double] && v \(sign) \(literal)"
            + " || type(v) == string && v.matches('^[-+]?[0-9]+([.][0-9]+)?$') && double(v) \(sign) \(literal))"
    }
}
