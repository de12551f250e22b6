public import HiveCEL

/// Makes inputs that are likely to tell two sets of rules apart: the cases of both, and the same with single fields
/// replaced by every text that a rule asks for.
public enum InputGenerator {
    /// At most `limit` inputs, always the same for the same sets.
    public static func inputs(for sets: [CompiledRuleSet], limit: Int = 2_000) -> [Value] {
        var seeds = sets.flatMap { RuleTester.cases(of: $0).map(\.test.input) }
        seeds += sets.flatMap(\.compiled).map(typical)
        var texts: [InputField: [String]] = [:]
        for rule in sets.flatMap(\.compiled) {
            for guardian in rule.guards {
                for test in guardian.tests where !texts[guardian.field, default: []].contains(test.needle) {
                    texts[guardian.field, default: []].append(test.needle)
                }
            }
        }
        let fields = texts.keys.filter { $0 != .top("event") && !$0.isOfCommand }.sorted {
            $0.description < $1.description
        }
        var collected = Distinct(limit: limit)
        for seed in seeds { collected.insert(seed) }
        for seed in collected.values {
            for field in fields {
                for text in texts[field] ?? [] { collected.insert(replacing(field, by: text, in: seed)) }
                collected.insert(removing(field, from: seed))
            }
        }
        return collected.values
    }

    /// Values, each once, as many as are wanted.
    private struct Distinct {
        let limit: Int
        private(set) var values: [Value] = []
        private var seen: Set<String> = []

        init(limit: Int) { self.limit = limit }

        mutating func insert(_ value: Value?) {
            guard let value, values.count < limit, seen.insert(JSONText.render(value)).inserted else { return }
            values.append(value)
        }
    }

    /// An input with what the rule's guards ask for.
    private static func typical(_ rule: CompiledRule) -> Value {
        var value = Value.map(ValueMap(["event": .string("tool.pre")]))
        for guardian in rule.guards {
            guard let text = guardian.tests.first?.needle else { continue }
            switch guardian.field {
            case .program, .commandText: value = replacing(.top("command"), by: text, in: value)
            case .flag, .argument: continue
            case .top("event"):
                value = replacing(.top("event"), by: text.hasSuffix(".") ? text + "pre" : text, in: value)
            default: value = replacing(guardian.field, by: text, in: value)
            }
        }
        return value
    }

    private static func replacing(_ field: InputField, by text: String, in input: Value) -> Value {
        switch field {
        case .top(let name): return setting(name, .string(text), in: input)
        case .nested(let object, let name):
            guard case .map(let map) = input else { return input }
            let isList = object == "agent" && ["roles", "capabilities"].contains(name)
            let inner = setting(
                name, isList ? .list([.string(text)]) : .string(text), in: map[object] ?? .map(ValueMap()))
            return setting(object, inner, in: input)
        case .program, .commandText, .argument, .flag: return input
        }
    }

    private static func removing(_ field: InputField, from input: Value) -> Value? {
        switch field {
        case .top(let name): return setting(name, nil, in: input)
        case .nested(let object, let name):
            guard case .map(let map) = input, let inner = map[object] else { return nil }
            return setting(object, setting(name, nil, in: inner), in: input)
        case .program, .commandText, .argument, .flag: return nil
        }
    }

    private static func setting(_ name: String, _ value: Value?, in object: Value) -> Value {
        guard case .map(let map) = object else { return object }
        var result = ValueMap()
        for entry in map.entries {
            guard case .string(let key) = entry.key, key != name else { continue }
            _ = result.insert(entry.value, for: entry.key)
        }
        if let value { _ = result.insert(value, for: .string(name)) }
        return .map(result)
    }
}
