import HiveCEL

/// Values as people are told of them: commands as texts, long texts cut.
enum ValueText {
    static let maximumLength = 120

    /// The value with everything long in it cut, and commands as their texts.
    static func shortened(_ value: Value) -> Value {
        switch value {
        case .string(let text): .string(cut(text))
        case .list(let values): .list(values.prefix(20).map(shortened))
        case .map(let map): .map(shortened(map))
        case .object(let object): (object as? ShellCommand).map { .string(cut($0.text)) } ?? value
        default: value
        }
    }

    private static func shortened(_ map: ValueMap) -> ValueMap {
        var result = ValueMap()
        for entry in map.entries.prefix(20) { _ = result.insert(shortened(entry.value), for: entry.key) }
        return result
    }

    private static func cut(_ text: String) -> String {
        // Few bytes are few characters, which take longer to count.
        text.utf8.count <= maximumLength || text.count <= maximumLength
            ? text : text.prefix(maximumLength - 1) + "…"
    }

    /// As JSON; `nothing` where there is none.
    static func text(_ value: Value?) -> String { value.map { JSONText.render(shortened($0)) } ?? "nothing" }
}
