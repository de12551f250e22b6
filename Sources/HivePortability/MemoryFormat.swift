import HiveAPI

/// The formats that memories are read and written in.
public enum MemoryFormat: String, Sendable, Hashable, CaseIterable {
    /// One memory on each line, as JSON: what a hive exports.
    case jsonl
    /// A folder with a Markdown file for each memory.
    case markdown
    /// The JSON document of mcp-memory-service.
    case mcpMemoryService = "mcp-memory-service"
    /// The graph of the MCP reference memory server, as JSON Lines.
    case mcpMemory = "mcp-memory"
    /// The JSON document of hAIveMind.
    case haivemind
}

extension MemoryFormat {
    /// The largest file of a format that is read as a whole.
    public static let largestDocument = 256 << 20

    /// Whether each line of a file stands for itself.
    public var isLines: Bool { self == .jsonl || self == .mcpMemory }

    /// What a text is, by its beginning. Throws `invalid_input` where that cannot be told.
    public static func detect(_ beginning: [UInt8]) throws -> MemoryFormat {
        let text = String(decoding: beginning, as: UTF8.self)
        if text.hasPrefix("---\n") || text.hasPrefix("---\r\n") { return .markdown }
        let line = text.drop(while: \.isWhitespace).prefix { !$0.isNewline }
        if let value = try? JSONValue(parsing: String(line)), value.object != nil {
            let type = value["type"]?.string
            if type == "entity" || type == "relation" { return .mcpMemory }
            if value["export_metadata"] == nil, value["memories"] == nil, value["export_data"] == nil { return .jsonl }
        }
        // A document: its members may stand in any order, and the beginning may break off in the midst of one.
        if text.contains("\"legal_basis\"") || text.contains("\"export_data\"") || text.contains("\"memory_id\"") {
            return .haivemind
        }
        if text.contains("\"export_metadata\"") || text.contains("\"content_hash\"") { return .mcpMemoryService }
        if text.drop(while: \.isWhitespace).hasPrefix("{") { return .jsonl }
        throw HiveError(
            .invalidInput, "the format of this file cannot be told",
            hint: "say it with --format: \(allCases.map(\.rawValue).joined(separator: ", "))")
    }

}
