import HiveCEL

/// As much of JSON Schema as the published one uses.
struct SchemaValidator {
    let schema: Value

    func accepts(_ value: Value) -> Bool { accepts(value, schema) }

    private func accepts(_ value: Value, _ schema: Value) -> Bool {
        guard case .map(let rules) = schema else { return false }
        return rules.entries.allSatisfy { entry in
            guard case .string(let keyword) = entry.key else { return false }
            return holds(keyword, entry.value, value, rules)
        }
    }

    private func holds(_ keyword: String, _ rule: Value, _ value: Value, _ rules: ValueMap) -> Bool {
        switch (keyword, rule, value) {
        case ("type", .string(let type), _): return self.type(of: value).contains(type)
        case ("type", .list(let types), _):
            return types.contains { type in self.type(of: value).contains { $0 == text(type) } }
        case ("const", _, _): return rule.equals(value)
        case ("enum", .list(let values), _): return values.contains { $0.equals(value) }
        case ("minimum", .int(let least), .int(let number)): return number >= least
        case ("maximum", .int(let most), .int(let number)): return number <= most
        case ("pattern", .string(let pattern), .string(let text)):
            do { return try RegularExpression(pattern).matches(text) } catch { return false }
        case ("items", _, .list(let values)): return values.allSatisfy { accepts($0, rule) }
        case ("required", .list(let names), .map(let map)): return names.allSatisfy { map[$0] != nil }
        case ("properties", .map(let properties), .map(let map)):
            return properties.entries.allSatisfy { entry in map[entry.key].map { accepts($0, entry.value) } ?? true }
        case ("additionalProperties", .bool(false), .map(let map)):
            guard case .map(let known)? = rules["properties"] else { return map.count == 0 }
            return map.entries.allSatisfy { known[$0.key] != nil }
        case ("additionalProperties", .map, .map(let map)): return map.entries.allSatisfy { accepts($0.value, rule) }
        case ("anyOf", .list(let options), _): return options.contains { accepts(value, $0) }
        case ("oneOf", .list(let options), _): return options.count { accepts(value, $0) } == 1
        default: return true
        }
    }

    private func text(_ value: Value) -> String {
        if case .string(let text) = value { return text }
        return ""
    }

    private func type(of value: Value) -> [String] {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .int, .uint: ["integer", "number"]
        case .double: ["number"]
        case .string: ["string"]
        case .list: ["array"]
        default: ["object"]
        }
    }
}
