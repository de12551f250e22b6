import HiveCEL
import Yams

/// YAML as values, with limits that keep aliases from multiplying.
enum YAMLValue {
    static let maximumNodes = 20_000

    static func value(_ node: Node, at location: RuleLocation) throws(RuleError) -> Value {
        var count = 0
        return try value(node, at: location, count: &count)
    }

    private static func value(_ node: Node, at location: RuleLocation, count: inout Int) throws(RuleError) -> Value {
        count += 1
        guard count <= maximumNodes else {
            throw RuleError("the document is too large", at: location, hint: "do not use aliases to multiply")
        }
        switch node {
        case .scalar(let scalar): return scalarValue(scalar)
        case .sequence(let sequence):
            var values: [Value] = []
            for element in sequence { values.append(try value(element, at: location, count: &count)) }
            return .list(values)
        case .mapping(let mapping):
            var map = ValueMap()
            for (key, element) in mapping {
                guard let name = key.scalar?.string,
                    map.insert(try value(element, at: location, count: &count), for: .string(name))
                else { throw RuleError("a key is no plain word, or stands twice", at: location) }
            }
            return .map(map)
        case .alias: throw RuleError("an alias points nowhere", at: location)
        }
    }

    private static func scalarValue(_ scalar: Node.Scalar) -> Value {
        guard scalar.style == .any || scalar.style == .plain else { return .string(scalar.string) }
        switch scalar.string {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null", "~", "": return .null
        case let text:
            if let whole = Int64(text) { return .int(whole) }
            if let first = text.first, first.isNumber || first == "-" || first == ".", let number = Double(text) {
                return .double(number)
            }
            return .string(text)
        }
    }
}
