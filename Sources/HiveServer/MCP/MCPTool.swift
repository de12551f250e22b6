import HiveAPI
import HiveCore

/// One thing that a model can do.
struct MCPTool: Sendable {
    let name: String
    let description: String
    let input: ToolSchema
    let output: JSONValue
    let hints: Hints
    let run: @Sendable (inout ToolArguments) async throws -> JSONValue

    /// What a client may tell its user about a tool before running it.
    enum Hints: Sendable {
        case reads
        case adds
        case changes
        case removes

        var json: JSONValue {
            switch self {
            case .reads: ["readOnlyHint": true, "openWorldHint": false]
            case .adds: ["readOnlyHint": false, "destructiveHint": false, "openWorldHint": false]
            case .changes:
                ["readOnlyHint": false, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false]
            case .removes:
                ["readOnlyHint": false, "destructiveHint": true, "idempotentHint": true, "openWorldHint": false]
            }
        }
    }

    var json: JSONValue {
        [
            "name": .string(name), "description": .string(description), "inputSchema": input.json,
            "outputSchema": output, "annotations": hints.json,
        ]
    }
}
