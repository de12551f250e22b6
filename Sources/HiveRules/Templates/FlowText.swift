import HiveCEL

/// Values as people write them on one line of YAML: words without quotes, everything else as in JSON.
enum FlowText {
    static func of(_ value: Value) -> String {
        switch value {
        case .string(let text): isPlain(text) ? text : JSONText.render(value)
        case .list(let elements): "[" + elements.map(of).joined(separator: ", ") + "]"
        case .map(let map): "{" + map.entries.map { "\(of($0.key)): \(of($0.value))" }.joined(separator: ", ") + "}"
        default: JSONText.render(value)
        }
    }

    /// Words that other readers of YAML take for something else.
    private static let reserved: Set<String> = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan",
    ]

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, ByteClass.isLetterOrDigit(first), !ByteClass.isDigit(first) else {
            return false
        }
        return text.utf8.allSatisfy { ByteClass.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
            && !reserved.contains(text.lowercased())
    }
}
