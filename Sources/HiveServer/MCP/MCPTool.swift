import HiveAPI
import HiveCore

/// One thing that a model can do.
package struct MCPTool: Sendable {
    let name: String
    let description: String
    let input: ToolSchema
    /// JSON Schema of what it gives back; null where that is free.
    let output: JSONValue
    let hints: Hints
    /// What clients read beside the description, such as how large an answer may become.
    var meta: [String: JSONValue] = [:]
    /// Whether it may take so long that the client should hear of it, and be able to call it off, even if it did not ask.
    var isSlow = false
    let run: @Sendable (inout ToolArguments) async throws -> ToolResult

    init(
        name: String, description: String, input: ToolSchema, output: JSONValue, hints: Hints,
        run: @escaping @Sendable (inout ToolArguments) async throws -> JSONValue
    ) {
        self.init(
            name: name, description: description, input: input, output: output, hints: hints,
            answering: { arguments in ToolResult.structured(try await run(&arguments)) })
    }

    private init(
        name: String, description: String, input: ToolSchema, output: JSONValue, hints: Hints,
        answering run: @escaping @Sendable (inout ToolArguments) async throws -> ToolResult
    ) {
        self.name = name
        self.description = description
        self.input = input
        self.output = output
        self.hints = hints
        self.run = run
    }

    /// A tool that answers with blocks of content.
    package static func answering(
        name: String, description: String, input: ToolSchema = ToolSchema([:]), hints: Hints = .reads,
        isSlow: Bool = false, _ run: @escaping @Sendable (inout ToolArguments) async throws -> ToolResult
    ) -> MCPTool {
        var tool = MCPTool(
            name: name, description: description, input: input, output: .null, hints: hints, answering: run)
        tool.isSlow = isSlow
        return tool
    }

    /// What a client may tell its user about a tool before running it.
    package enum Hints: Sendable {
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
        var members: [String: JSONValue] = [
            "name": .string(name), "description": .string(description), "inputSchema": input.json,
            "annotations": hints.json,
        ]
        if output != .null { members["outputSchema"] = output }
        if !meta.isEmpty { members["_meta"] = .object(meta) }
        return .object(members)
    }
}
