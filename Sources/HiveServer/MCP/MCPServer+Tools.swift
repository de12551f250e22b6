import HiveAPI
import Tracing

extension MCPServer {
    func toolList(_ call: MCPCall) throws -> [String: JSONValue] {
        try call.refuseCursor()
        return ["tools": .array(tools.map(\.json))]
    }

    /// What a tool cannot do is a result that the model can read and act on; only a tool that does not exist is an
    /// error of the protocol.
    func callTool(_ call: MCPCall) async throws -> [String: JSONValue] {
        guard let name = call.message.parameters["name"]?.string else {
            throw MCPFailure(.invalidParameters, "`params.name` must name a tool")
        }
        guard let tool = tools.first(where: { $0.name == name }) else {
            let known = tools.map(\.name).joined(separator: ", ")
            throw MCPFailure(.invalidParameters, "there is no tool `\(name)`; there are \(known)")
        }
        await services.agents.heard(call.caller)
        do {
            var arguments = try ToolArguments(
                call.message.parameters["arguments"] ?? [:], caller: call.caller, now: call.now)
            let structured = try await withSpan("tool \(name)") { _ in try await tool.run(&arguments) }
            return ["content": [["type": "text", "text": .string(structured.text)]], "structuredContent": structured]
        } catch {
            let error = HiveError.wrapping(error)
            let hint = error.hint.map { "\nhint: \($0)" } ?? ""
            let text = "error: \(error.message) (\(error.code.name))\(hint)"
            return ["content": [["type": "text", "text": .string(text)]], "isError": true]
        }
    }
}
