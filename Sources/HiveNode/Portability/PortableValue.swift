import HiveAPI
import HiveCore

/// Any value of a field as JSON from which exactly that value comes back. What JSON has no word for is an object with
/// one member whose name begins with `$`.
enum PortableValue {
    static func json(_ value: CBORValue) -> JSONValue {
        switch value {
        case .bytes(let bytes): ["$bytes": .string(Base64.encode(bytes))]
        case .unsigned(let number) where Int64(exactly: number) == nil: ["$unsigned": .string(String(number))]
        case .negative(let number) where Int64(exactly: number) == nil: ["$negative": .string(String(number))]
        case .double(let number) where !number.isFinite: ["$number": .string("\(number)")]
        case .array(let values): .array(values.map(json))
        case .map(let map):
            if let fields = plainFields(map) {
                .object(fields)
            } else {
                ["$map": .array(map.map { .array([json($0.key), json($0.value)]) })]
            }
        default: JSONValue(value)
        }
    }

    /// The members of a map under texts; nil where a key is no text, or could be taken for one of the words above.
    private static func plainFields(_ map: CBORMap) -> [String: JSONValue]? {
        var fields: [String: JSONValue] = [:]
        for entry in map {
            guard let key = entry.key.text, !(map.count == 1 && key.hasPrefix("$")) else { return nil }
            fields[key] = json(entry.value)
        }
        return fields
    }

    /// Throws `invalid_input` for an object with a `$` that means nothing.
    static func cbor(_ json: JSONValue) throws(HiveError) -> CBORValue {
        switch json {
        case .array(let values):
            var elements: [CBORValue] = []
            for value in values { elements.append(try cbor(value)) }
            return .array(elements)
        case .object(let members):
            if members.count == 1, let (name, value) = members.first, name.hasPrefix("$") {
                return try special(name, value)
            }
            var entries: [String: CBORValue] = [:]
            for (name, value) in members { entries[name] = try cbor(value) }
            return .map(entries)
        default: return json.cbor
        }
    }

    private static func special(_ name: String, _ value: JSONValue) throws(HiveError) -> CBORValue {
        switch (name, value) {
        case ("$bytes", .string(let text)): if let bytes = Base64.decode(text) { return .bytes(bytes) }
        case ("$unsigned", .string(let text)): if let number = UInt64(text) { return .unsigned(number) }
        case ("$negative", .string(let text)): if let number = UInt64(text) { return .negative(number) }
        case ("$number", .string(let text)): if let number = Double(text) { return .double(number) }
        case ("$map", .array(let pairs)):
            var entries: [CBORMap.Entry] = []
            for pair in pairs {
                guard let parts = pair.array, parts.count == 2 else { break }
                entries.append(CBORMap.Entry(key: try cbor(parts[0]), value: try cbor(parts[1])))
            }
            if entries.count == pairs.count { return .map(CBORMap(entries)) }
        default: break
        }
        throw HiveError(
            .invalidInput, "`\(name)` does not stand for a value here", hint: "leave it as the export wrote it")
    }
}
