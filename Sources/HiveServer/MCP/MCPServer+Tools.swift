import HiveAPI
import Tracing

extension MCPServer {
    /// What a tool cannot do is a result that the model can read and act on; only a tool that does not exist is an
    /// error of the protocol.
    func callTool(_ call: MCPCall) async throws -> [String: JSONValue] {
        let name = try call.text("name", "a tool")
        guard let tool = tools.first(where: { $0.name == name }) else {
            let known = tools.map(\.name).joined(separator: ", ")
            throw MCPFailure(.invalidParameters, "there is no tool `\(name)`; there are \(known)")
        }
        await features.presence?.heard(call.caller)
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let given = call.message.parameters["arguments"] ?? [:]
            var arguments = try ToolArguments(given, caller: call.caller, now: call.now, exchange: call.exchange)
            if let law = features.law { try await MCPLawGate(law: law).check(tool, given, call) }
            let result = try await withSpan("tool \(name)") { _ in try await tool.run(&arguments) }
            log(call, .debug, tool, "done", clock.now - start)
            return result.members
        } catch let error where error is MCPFailure || error is MCPInputRequired || error is CancellationError {
            throw error
        } catch {
            let error = HiveError.wrapping(error)
            log(call, .warning, tool, "\(error.message) (\(error.code.name))", clock.now - start)
            return ToolResult.failure(error).members
        }
    }

    private func log(
        _ call: MCPCall, _ level: MCPLogLevel, _ tool: MCPTool, _ outcome: String, _ elapsed: Duration
    ) {
        guard call.exchange.wantsNotifications else { return }
        let milliseconds = Double(elapsed / .microseconds(1)) / 1000
        call.exchange.log(
            level,
            ["tool": .string(tool.name), "outcome": .string(outcome), "milliseconds": .number(milliseconds)])
    }
}
