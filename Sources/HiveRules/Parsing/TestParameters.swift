import HiveCEL

/// The values of one row of a parameterised case.
struct TestParameters {
    private let values: ValueMap

    init(_ values: ValueMap) { self.values = values }

    func applied(to test: RuleTest) -> RuleTest {
        var result = test
        result.name = text(test.name)
        if result.name == test.name { result.name += " \(JSONText.render(.map(values)))" }
        result.input = value(test.input)
        result.rule = test.rule.map(text)
        result.effect = test.effect.map(text)
        result.message = test.message.map(text)
        result.matched = test.matched.map(text)
        result.settings = test.settings.mapValues(value)
        result.transformed = test.transformed.mapValues(value)
        return result
    }

    /// A text that is nothing but a parameter becomes its value, of whatever type.
    private func value(_ value: Value) -> Value {
        switch value {
        case .string(let text):
            if text.hasPrefix("${"), text.hasSuffix("}"), let whole = values[String(text.dropFirst(2).dropLast())] {
                return whole
            }
            return .string(self.text(text))
        case .list(let elements): return .list(elements.map(self.value))
        case .map(let map):
            var result = ValueMap()
            for entry in map.entries { _ = result.insert(self.value(entry.value), for: entry.key) }
            return .map(result)
        default: return value
        }
    }

    private func text(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "$") {
            result += rest[..<start]
            rest = rest[start...]
            guard rest.hasPrefix("${"), let end = rest.firstIndex(of: "}"),
                let value = values[String(rest[rest.index(start, offsetBy: 2)..<end])]
            else {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            if case .string(let given) = value { result += given } else { result += JSONText.render(value) }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
