import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// The tools for tasks.
@Suite struct MCPTasksTests {
    let node = InMemoryNode()

    private func call(_ tool: String, _ arguments: JSONValue, sets: [ToolSet] = [.core, .agents]) async throws
        -> JSONValue
    {
        let server = MCPServer(services: node.services, toolSets: sets)
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let context = MCPContext(caller: Caller(role: .agent, agent: "ava"), now: Interface.now)
        return try #require(await server.answer(message, in: context).message?["result"])
    }

    @Test("A task is delegated as the original's clients do it; its first line is the title")
    func delegating() async throws {
        let answer = try await call(
            "delegate_task",
            [
                "task_description": "Renew it\nbefore Monday", "required_capabilities": ["tls"], "target_agent": "bob",
                "priority": "high",
            ], sets: [.core])
        #expect(answer["structuredContent"]?["id"] == "t1" && answer["structuredContent"]?["assignee"] == "bob")
        #expect(answer["structuredContent"]?["history"] == nil)
        let request = try #require(node.calls.first)
        #expect(request.contains(#""title":"Renew it""#) && request.contains(#""priority":"high""#))
        #expect(try await call("delegate_task", ["task_description": ""])["isError"] == true)
    }

    @Test("An agent finds, claims, reports and hands in")
    func working() async throws {
        let listed = try await call("list_tasks", ["claimable_by": "ava", "limit": 5])
        #expect(listed["structuredContent"]?["items"]?.array?.count == 1)
        #expect(node.calls.last?.contains(#""status":"active""#) == true)
        let claimed = try await call("claim_task", ["id": "t1", "wait_seconds": 0])
        #expect(claimed["structuredContent"]?["claim"]?["fence"] == 7)
        #expect(node.lastCaller?.agent == "ava")
        #expect(try await call("update_task", ["id": "t1", "fence": 7, "percent": 5])["isError"] == nil)
        let done = try await call("complete_task", ["id": "t1", "fence": 7, "result": "r"])
        #expect(done["structuredContent"]?["status"] == "completed")
        #expect(try await call("fail_task", ["id": "t1", "reason": "r", "retry": false])["isError"] == nil)
        #expect(node.calls.last?.contains(#""retry":false"#) == true)
    }

    @Test("What an agent may not do comes back as an error that it can act on")
    func refused() async throws {
        let held = try await call("claim_task", ["id": "held"])
        #expect(
            held["content"]?.array?.first?["text"]?.string
                == "error: the task is held by `bob` (claim_refused)\nhint: take another one")
        let late = try await call("complete_task", ["id": "t1", "fence": 1])
        #expect(late["content"]?.array?.first?["text"]?.string?.contains("fenced") == true)
    }
}
