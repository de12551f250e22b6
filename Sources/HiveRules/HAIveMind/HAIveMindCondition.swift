public import HiveCEL

/// One thing that must hold of the question.
public struct HAIveMindCondition: Sendable {
    public var field: String
    public var `operator`: Operator
    public var value: Value
    public var isCaseSensitive = true
    public var extra = ValueMap()

    /// What is asked of the field.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        case equal = "eq"
        case unequal = "ne"
        case `in`
        case regex
        case contains
        case startsWith = "startswith"
        case endsWith = "endswith"
        case greater = "gt"
        case less = "lt"
        case greaterOrEqual = "gte"
        case lessOrEqual = "lte"
    }

    init(field: String, operator: Operator, value: Value) {
        self.field = field
        self.operator = `operator`
        self.value = value
    }
}

extension HAIveMindCondition {
    /// The condition as a mapping of the format.
    var asValue: Value {
        Mapping.value(
            [
                ("field", .string(field)), ("operator", .string(`operator`.rawValue)), ("value", value),
                ("case_sensitive", .bool(isCaseSensitive)),
            ], extra: extra)
    }
}
