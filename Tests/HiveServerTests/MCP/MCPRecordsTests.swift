import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// The tools for operations, called as the original's clients call them.
@Suite struct MCPRecordsTests {
    let node = InMemoryNode()

    private func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let server = MCPServer(services: node.services, toolSets: [.ops, .memory])
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let context = MCPContext(caller: .agent, now: Interface.now)
        return try #require(await server.answer(message, in: context).message?["result"])
    }

    @Test("States of different types of one machine stay apart")
    func states() async throws {
        let answer = try await call(
            "track_infrastructure_state",
            ["machine_id": "web-3", "state_type": "health_check", "state_data": ["cpu": 97], "tags": ["prod"]])
        #expect(answer["structuredContent"]?["component"] == "health_check")
        #expect(answer["structuredContent"]?["values"] == ["cpu": 97])
        let named = try await call(
            "track_infrastructure_state",
            ["machine_id": "web-3", "state_type": "health_check", "state_data": [:], "component": "nginx"])
        #expect(named["structuredContent"]?["component"] == "nginx")
    }

    @Test("An incident comes back with what helped in similar cases")
    func incidents() async throws {
        let answer = try await call(
            "record_incident",
            [
                "title": "502", "description": "d", "severity": "critical", "affected_systems": ["web"],
                "resolution": "restarted", "lessons_learned": "watch it",
            ])
        let incident = try #require(answer["structuredContent"])
        #expect(incident["suggestions"]?["runbooks"]?.array?.count == 1)
        #expect(node.calls.first?.contains(#""lessons":"watch it""#) == true)
        let refused = try await call("update_incident", ["id": "i1", "status": "open"])
        #expect(refused["isError"] == true)
        #expect(refused["content"]?.array?.first?["text"]?.string?.contains("illegal_transition") == true)
    }

    @Test("Prerequisites may be one text", arguments: [JSONValue.string("ssh"), ["ssh"]])
    func runbooks(prerequisites: JSONValue) async throws {
        let answer = try await call(
            "generate_runbook",
            ["title": "t", "procedure": "look", "system": "web", "prerequisites": prerequisites])
        #expect(answer["structuredContent"]?["markdown"] == "# t\n")
        #expect(node.calls.first?.contains(#""preconditions":["ssh"]"#) == true)
        let refused = try await call("generate_runbook", ["title": "t", "prerequisites": [1]])
        #expect(refused["isError"] == true)
    }

    @Test("Statistics are in the set for memory")
    func statistics() async throws {
        let answer = try await call("get_memory_stats", [:])
        #expect(answer["structuredContent"]?["memories"] == 0)
    }
}
