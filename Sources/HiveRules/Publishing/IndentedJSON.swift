import HiveCEL

/// JSON for people: two columns for each level, keys sorted or as they stand.
enum IndentedJSON {
    static func text(_ value: Value, sortsKeys: Bool = true) -> String {
        var output = ""
        write(value, depth: 0, sortsKeys, to: &output)
        return output + "\n"
    }

    private static func write(_ value: Value, depth: Int, _ sortsKeys: Bool, to output: inout String) {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch value {
        case .list(let values) where values.contains(where: isNested):
            output += "[\n"
            for (place, element) in values.enumerated() {
                output += inner
                write(element, depth: depth + 1, sortsKeys, to: &output)
                output += place + 1 < values.count ? ",\n" : "\n"
            }
            output += outer + "]"
        case .map(let map) where map.count > 0:
            output += "{\n"
            var entries = map.entries.map { (JSONText.render($0.key), $0.value) }
            if sortsKeys { entries.sort { $0.0 < $1.0 } }
            for (place, entry) in entries.enumerated() {
                output += inner + entry.0 + ": "
                write(entry.1, depth: depth + 1, sortsKeys, to: &output)
                output += place + 1 < entries.count ? ",\n" : "\n"
            }
            output += outer + "}"
        default: output += JSONText.render(value)
        }
    }

    private static func isNested(_ value: Value) -> Bool {
        switch value {
        case .list, .map: true
        default: false
        }
    }
}
