import HiveCEL

/// Collects facts; what is not known is left out.
struct Facts {
    private(set) var values: [String: Value] = [:]

    mutating func set(_ name: String, _ text: String?) { if let text { values[name] = .string(text) } }
    mutating func set(_ name: String, _ number: Double?) { if let number { values[name] = .double(number) } }
    mutating func set(_ name: String, _ number: Int64?) { if let number { values[name] = .int(number) } }
    mutating func set(_ name: String, _ truth: Bool?) { if let truth { values[name] = .bool(truth) } }
    mutating func set(_ name: String, _ value: Value?) { if let value { values[name] = value } }
    mutating func set(_ name: String, texts: [String]) { values[name] = .list(texts.map(Value.string)) }
    mutating func set(_ name: String, facts: [Facts]) { values[name] = .list(facts.map(\.value)) }
    mutating func set(_ name: String, texts: [String: String]) {
        values[name] = .map(ValueMap(texts.mapValues(Value.string)))
    }

    var value: Value { .map(ValueMap(values)) }
}
