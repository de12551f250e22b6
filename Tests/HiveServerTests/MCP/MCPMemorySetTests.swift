import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// The tools by which an agent thinks with memories.
@Suite struct MCPMemorySetTests {
    let node = InMemoryNode()

    private func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let context = MCPContext(caller: Caller(role: .agent, agent: "claude"), now: Interface.now)
        let server = MCPServer(services: node.services, toolSets: [.core, .memory])
        return try #require(await server.answer(message, in: context).message?["result"])
    }

    private func answer(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let result = try await call(tool, arguments)
        return try #require(result["structuredContent"], "\(result)")
    }

    @Test("A context block is the block, and the ids of what is not in it")
    func context() async throws {
        let block = try await answer("get_context", ["query": "proxy", "budget": 500, "format": "xml", "tags": ["a"]])
        #expect(block == ["block": "<xml proxy a>", "tokens": 9, "leftOut": ["m9"]])
        #expect(node.lastCaller?.agent == "claude")
    }

    @Test("One tool does all that can be done with a working set")
    func workingMemory() async throws {
        let id = try #require(try await answer("store_memory", ["content": "a", "kind": "instant"])["id"])
        let attended = try await answer("working_memory", ["action": "attend", "id": id, "weight": 0.7, "budget": 300])
        #expect(attended["agent"] == "claude" && attended["budget"] == 300)
        #expect(try await answer("working_memory", [:])["items"]?.array?.first?["id"] == id)
        #expect(try await answer("working_memory", ["action": "refresh", "agent": "bo"])["agent"] == "bo")
        #expect(try await answer("working_memory", ["action": "evict", "id": id])["items"] == [])
        #expect(try await answer("working_memory", ["action": "clear"])["items"] == [])
        #expect(node.calls.suffix(5) == ["memory", "workingSet", "refresh", "evict", "clear"])
    }

    @Test("Memories are linked, found by their links, and unlinked")
    func links() async throws {
        let one = try #require(try await answer("store_memory", ["content": "a"])["id"])
        let two = try #require(try await answer("store_memory", ["content": "b"])["id"])
        let link: JSONValue = ["id": one, "relation": "part_of", "target": two]
        #expect(try await answer("link_memories", link)["id"] == one)
        let around = try await answer("get_related_memories", ["memory_id": one, "depth": 3, "direction": "out"])
        #expect(around["items"]?.array?.first?["id"] == two && around["depth"] == 3)
        _ = try await answer("unlink_memories", link)
        #expect(try await answer("get_related_memories", ["id": one])["items"] == [])
    }

    @Test(
        "Wrong arguments are tool errors that name what is wrong, and write nothing",
        arguments: [
            ("get_context", ["budget": 0], "`budget` must lie between"),
            ("get_context", ["format": "yaml"], "no format"),
            ("working_memory", ["action": "attend"], "takes an `id`"),
            ("working_memory", ["action": "list", "id": "m"], "takes no `id`"),
            ("working_memory", ["action": "clear", "weight": 1], "takes no `weight`"),
            ("working_memory", ["action": "drop"], "action"),
            ("link_memories", ["id": "m", "relation": "a b", "target": "n"], "no name of a relation"),
            ("link_memories", ["id": "m", "relation": "a"], "`target` is missing"),
            ("get_related_memories", ["id": "m", "depth": 0], "`depth` must lie between"),
            ("get_related_memories", ["depth": 1], "`id` is missing"),
        ] as [(String, JSONValue, String)])
    func badArguments(tool: String, arguments: JSONValue, message: String) async throws {
        let result = try await call(tool, arguments)
        #expect(result["isError"] == true)
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        #expect(text.hasPrefix("error: ") && text.contains(message), "\(text)")
        #expect(node.calls.isEmpty)
    }
}
