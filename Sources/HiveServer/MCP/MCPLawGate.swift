import HiveAPI

/// Asks the law before a tool changes something, under the name that clients show for it, so that one rule holds for the
/// client's hook and here.
struct MCPLawGate: Sendable {
    let law: any RuleService

    /// Throws `denied` with the rule's words, or what makes the server ask a person where a rule demands that.
    func check(_ tool: MCPTool, _ arguments: JSONValue, _ call: MCPCall) async throws {
        if case .reads = tool.hints { return }
        var input: [String: JSONValue] = [
            "event": "tool.pre", "tool": .string("mcp__hive__\(tool.name)"), "args": arguments,
        ]
        input["content"] = arguments["content"]?.string.map(JSONValue.string)
        let decision = try await law.decide(.object(input), explain: false, as: call.caller)
        switch decision["effect"]?.string {
        case "deny": throw Self.refusal(decision, "refuses")
        case "require-approval":
            guard try Self.isApproved(decision, of: "`\(tool.name)`", call.exchange) else {
                throw Self.refusal(decision, "asks for a person's approval, and the person did not give it; it refuses")
            }
        case nil, "allow", "warn", "annotate": return
        case "transform":
            throw HiveError(
                .denied, "the rule \(Self.rule(decision)) changes this call: \(Self.reason(decision))",
                hint: "ask `evaluate_rules` what it makes of the call, and make that call")
        default: throw Self.refusal(decision, "decides what this version of Hive does not know; it refuses")
        }
    }

    /// Asks the person at the client. Throws `denied` where the client cannot ask anybody.
    static func isApproved(_ decision: JSONValue, of action: String, _ exchange: MCPExchange) throws -> Bool {
        guard exchange.canAsk(.elicitation) else {
            throw HiveError(
                .denied, "the rule \(rule(decision)) asks for a person's approval of \(action): \(reason(decision))",
                hint: "this client cannot ask anybody; use one that can, or have an operator do it")
        }
        let form = MCPQuestion.form(
            "The rule \(rule(decision)) asks for your approval of \(action): \(reason(decision))",
            ["approve": ["type": "boolean", "title": "Approve", "description": "Let the agent do this once"]],
            required: ["approve"])
        return MCPFormAnswer(try exchange.ask("approval", form)).content?["approve"] == true
    }

    private static func refusal(_ decision: JSONValue, _ verb: String) -> HiveError {
        HiveError(
            .denied, "the rule \(rule(decision)) \(verb) this: \(reason(decision))",
            hint: decision["remediation"]?.string)
    }

    private static func rule(_ decision: JSONValue) -> String { "`\(decision["rule"]?["id"]?.string ?? "none")`" }

    private static func reason(_ decision: JSONValue) -> String {
        decision["message"]?.string ?? "it gives no reason"
    }
}
