package import HiveAPI

/// What a tool gives back.
package enum ToolResult: Sendable {
    /// JSON that fits the tool's output schema; told as text, too.
    case structured(JSONValue)
    /// Blocks of content.
    case content([JSONValue], isError: Bool = false)

    var members: [String: JSONValue] {
        switch self {
        case .structured(let value): ["content": [Self.text(value.text)], "structuredContent": value]
        case .content(let blocks, isError: false): ["content": .array(blocks)]
        case .content(let blocks, isError: true): ["content": .array(blocks), "isError": true]
        }
    }

    package static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    /// What the tool could not do, for the model to read and act on.
    static func failure(_ error: HiveError) -> ToolResult {
        let hint = error.hint.map { "\nhint: \($0)" } ?? ""
        return .content([text("error: \(error.message) (\(error.code.name))\(hint)")], isError: true)
    }
}
