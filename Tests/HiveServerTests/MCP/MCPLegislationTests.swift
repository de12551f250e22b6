import HiveAPI
import Testing

@testable import HiveServer

/// The tools that were promised, and those that make and look after law.
@Suite struct MCPLegislationTests {
    static let promised: [ToolSet: [String]] = [
        .core: [
            "store_memory", "search_memories", "retrieve_memory", "get_recent_memories", "update_memory",
            "delete_memory", "evaluate_rules", "broadcast_discovery", "query_agent_knowledge", "delegate_task",
        ],
        .agents: [
            "register_agent", "get_agent_roster", "list_tasks", "claim_task", "complete_task", "tell_agent",
            "ask_agent", "check_inbox",
        ],
        .ops: [
            "track_infrastructure_state", "record_incident", "generate_runbook", "list_conflicts",
            "resolve_conflict", "get_sync_status",
        ],
        .rules: ["create_rule", "validate_rule", "list_rules", "get_rule", "get_compliance_report"],
    ]

    @Test("Every tool that was promised is in its set", arguments: promised.keys.sorted { $0.rawValue < $1.rawValue })
    func promises(set: ToolSet) {
        let names = set.tools(InMemoryNode().services).map(\.name)
        #expect(Set(Self.promised[set] ?? []).subtracting(names).isEmpty)
    }

    @Test("What every conversation begins with is short")
    func size() {
        let server = MCPServer(services: InMemoryNode().services, toolSets: [.core])
        #expect(JSONValue.array(server.tools.map(\.json)).bytes.count <= 12 * 1024)
    }

    private func call(
        _ tool: String, _ arguments: JSONValue, _ node: InMemoryNode, role: Caller.Role = .operator
    ) async throws -> JSONValue {
        let server = MCPServer(services: node.services, toolSets: [.rules])
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments, "_meta": MCPRoundsTests.meta()],
        ]
        let context = MCPContext(caller: Caller(role: role), now: Interface.now)
        return try #require(await server.answer(message, in: context).message?["result"])
    }

    @Test("An operator makes rules law, an agent does not")
    func creating() async throws {
        let node = InMemoryNode()
        let rules: JSONValue = ["text": "rm -rf", "set": "shell"]
        let refused = try await call("create_rule", rules, node, role: .agent)
        #expect(refused["isError"] == true && !node.calls.contains("push"))
        #expect(refused["content"]?.array?.first?["text"]?.string?.contains("(forbidden)") == true)
        let made = try await call("create_rule", rules, node)["structuredContent"]
        #expect(made?["set"] == "shell" && made?["active"] == true && node.calls.contains("push"))
    }

    @Test("Rules are looked at without being made law, by agents too")
    func validating() async throws {
        let node = InMemoryNode()
        let good = try await call("validate_rule", ["text": "rm -rf"], node, role: .agent)["structuredContent"]
        #expect(good?["problems"] == [] && good?["active"] == false)
        let bad = try await call("validate_rule", ["text": "wrong"], node, role: .agent)["structuredContent"]
        #expect(bad?["problems"]?.array?.first?["code"] == "invalid_rule")
        #expect(!node.calls.contains("push"))
    }

    @Test("The report counts what was decided")
    func report() async throws {
        let report = try await call("get_compliance_report", [:], InMemoryNode())["structuredContent"]
        #expect(report?["decisions"] == 1 && report?["allowed"] == 0 && report?["byEffect"] == ["deny": 1])
        #expect(report?["refused"]?.array?.first?["id"] == "d1" && report?["since"] != nil)
        let none = try await call("get_compliance_report", ["agent": "ava"], InMemoryNode())["structuredContent"]
        #expect(none?["decisions"] == 0)
    }
}
