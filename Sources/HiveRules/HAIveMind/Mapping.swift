import HiveCEL

/// Mappings whose keys stand in the order in which people read them.
enum Mapping {
    /// Leaves out what has no value. Keys of `extra` come last; those that are there already are left out.
    static func value(_ entries: [(key: String, value: Value?)], extra: ValueMap = ValueMap()) -> Value {
        var map = ValueMap()
        for entry in entries {
            if let value = entry.value { _ = map.insert(value, for: .string(entry.key)) }
        }
        for entry in extra.entries { _ = map.insert(entry.value, for: entry.key) }
        return .map(map)
    }

    /// The same mapping without some keys.
    static func without(_ keys: Set<String>, _ map: ValueMap) -> ValueMap {
        var result = ValueMap()
        for entry in map.entries {
            if case .string(let key) = entry.key, keys.contains(key) { continue }
            _ = result.insert(entry.value, for: entry.key)
        }
        return result
    }
}

extension ValueMap {
    /// A text, or nil where there is none.
    func text(_ key: String) -> String? {
        guard case .string(let text)? = self[key] else { return nil }
        return text
    }

    /// A mapping, or nil where there is none.
    func mapping(_ key: String) -> ValueMap? {
        guard case .map(let map)? = self[key] else { return nil }
        return map
    }

    /// The elements of a list; none where there is none.
    func list(_ key: String) -> [Value] {
        guard case .list(let values)? = self[key] else { return [] }
        return values
    }
}
