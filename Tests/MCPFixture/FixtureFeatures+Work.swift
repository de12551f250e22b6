import HiveAPI
import HiveServer

/// Tools that report, log, change things, or take long.
extension FixtureFeatures {
    var workTools: [MCPTool] {
        [
            MCPTool.answering(name: "test_tool_with_progress", description: "Reports 0, 50 and 100.") { arguments in
                for step in [0.0, 50, 50, 100] { arguments.exchange.report(step, of: 100, "Completed step \(step)") }
                return .content([Self.text("done")])
            },
            MCPTool.answering(name: "test_tool_with_logging", description: "Writes log lines.") { arguments in
                arguments.exchange.log(.debug, "Tool execution details")
                arguments.exchange.log(.info, "Tool execution started")
                arguments.exchange.log(.info, "Tool processing data")
                arguments.exchange.log(.error, "Tool execution completed")
                return .content([Self.text("logged")])
            },
            MCPTool.answering(
                name: "test_slow", description: "Works until it is called off.", isSlow: true
            ) { [self] arguments in
                arguments.exchange.report(1)
                note("started")
                do { try await Task.sleep(for: .seconds(120)) } catch {
                    note("cancelled")
                    throw error
                }
                note("finished")
                return .content([Self.text("too late")])
            },
            MCPTool.answering(
                name: "test_count", description: "How often slow work ended so.",
                input: ToolSchema(["end": ToolSchema.text()], required: ["end"])
            ) { [self] arguments in
                let end: String = try arguments.required("end")
                return .content([Self.text("\(count(end))")])
            },
            MCPTool.answering(
                name: "test_change", description: "Makes something happen.",
                input: ToolSchema(["type": ToolSchema.text(), "uri": ToolSchema.text()], required: ["type"]),
                hints: .changes
            ) { [self] arguments in
                let uri: String? = try arguments.optional("uri")
                publish(try arguments.required("type"), ["uri": uri.map(JSONValue.string) ?? .null])
                return .content([Self.text("happened")])
            },
        ]
    }
}
