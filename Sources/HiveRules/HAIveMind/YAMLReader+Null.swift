import HiveCEL
import Yams

/// Reading files in which `null` says the same as a key that is not there.
extension YAMLReader {
    /// Marks the key as asked for where it is null.
    mutating func isNull(_ key: String) -> Bool {
        guard case .scalar(let scalar)? = node(key) else { return false }
        let isPlain = scalar.style == .any || scalar.style == .plain
        return isPlain && ["null", "~", "", "Null", "NULL"].contains(scalar.string)
    }

    mutating func presentText(_ key: String) throws(RuleError) -> String? {
        isNull(key) ? nil : try text(key)
    }

    mutating func presentChoice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, as type: Choice.Type
    ) throws(RuleError) -> Choice? where Choice.RawValue == String {
        isNull(key) ? nil : try choice(key, as: type)
    }

    mutating func presentReaders(_ key: String) throws(RuleError) -> [YAMLReader] {
        isNull(key) ? [] : try readers(key)
    }

    mutating func presentMapping(_ key: String) throws(RuleError) -> ValueMap? {
        guard !isNull(key), case .map(let map)? = try mapping(key) else { return nil }
        return map
    }

    /// The keys that nobody asked for, with their values.
    mutating func rest() throws(RuleError) -> ValueMap {
        var map = ValueMap()
        for key in keysInOrder where !isAsked(key) {
            if let value = try value(key) { _ = map.insert(value, for: .string(key)) }
        }
        return map
    }
}
