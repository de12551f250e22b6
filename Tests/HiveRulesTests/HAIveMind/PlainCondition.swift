import HiveCEL
@testable import HiveRules

/// What a condition says of a value, without expressions, guards or an index: what the engine says must be what this
/// says. Letters are ASCII here.
struct PlainCondition {
    let condition: HAIveMindCondition

    /// `value` is nil for a field that is missing.
    func holds(_ value: Value?, isListBySchema: Bool) -> Bool {
        let values = Self.elements(value)
        switch condition.operator {
        case .equal: return values.contains { isEqual($0, condition.value) }
        case .unequal: return !values.contains { isEqual($0, condition.value) }
        case .in: return values.contains { element in Self.elements(condition.value).contains { isEqual(element, $0) } }
        case .contains:
            if isListBySchema { return values.contains { isEqual($0, condition.value) } }
            if case .list? = value { return values.contains { isEqual($0, condition.value) } }
            return isFound(value) { $0.contains($1) }
        case .startsWith: return values.contains { isFound($0) { $0.hasPrefix($1) } }
        case .endsWith: return values.contains { isFound($0) { $0.hasSuffix($1) } }
        case .regex: return values.contains { isFound($0) { $0.contains($1) } }
        case .greater, .less, .greaterOrEqual, .lessOrEqual: return values.contains { isOrdered($0) }
        }
    }

    private static func elements(_ value: Value?) -> [Value] {
        if case .list(let values)? = value { return values }
        return value.map { [$0] } ?? []
    }

    private func isEqual(_ left: Value, _ right: Value) -> Bool {
        if !condition.isCaseSensitive, case .string(let a) = left, case .string(let b) = right {
            return a.lowercased() == b.lowercased()
        }
        return left.equals(right)
    }

    private func isFound(_ value: Value?, _ test: (String, String) -> Bool) -> Bool {
        guard case .string(let text)? = value, case .string(let part) = condition.value else { return false }
        return condition.isCaseSensitive ? test(text, part) : test(text.lowercased(), part.lowercased())
    }

    private func isOrdered(_ value: Value) -> Bool {
        if let right = Self.number(condition.value) {
            guard let left = Self.number(value) else { return false }
            return compare(left, right)
        }
        guard case .string(let left) = value, case .string(let right) = condition.value else { return false }
        return compare(left, right)
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }

    private func compare<Element: Comparable>(_ left: Element, _ right: Element) -> Bool {
        switch condition.operator {
        case .greater: left > right
        case .less: left < right
        case .greaterOrEqual: left >= right
        default: left <= right
        }
    }
}
