import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// The tools of the set `memory`.
@Suite struct MCPStoriesTests {
    let node = InMemoryNode()

    private func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let server = MCPServer(services: node.services, toolSets: [.memory])
        let context = MCPContext(caller: Caller(role: .agent, agent: "claude"), now: Interface.now)
        return try #require(await server.answer(message, in: context).message?["result"])
    }

    private func answer(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let result = try await call(tool, arguments)
        return try #require(result["structuredContent"], "\(result)")
    }

    @Test("An episode is told by tools, and ends")
    func episode() async throws {
        let id = try #require(try await answer("start_episode", ["title": "x", "tags": ["a"]])["id"])
        _ = try await answer("append_event", ["id": id, "text": "seen", "data": ["n": 1]])
        _ = try await answer("append_event", ["memory_id": id, "text": "done"])
        _ = try await answer("end_episode", ["id": id, "outcome": "failure", "significance": 0.2])
        let memory = try await node.memory(id.string ?? "", as: .agent)
        #expect(memory.episode?.events.map(\.text) == ["seen", "done"])
        #expect(memory.episode?.events.first?.agent == "claude" && memory.episode?.outcome == "failure")
        let late = try await call("append_event", ["id": id, "text": "late"])
        #expect(late["isError"] == true)
        #expect(late["content"]?.array?.first?["text"]?.string?.contains("episode_ended") == true)
        #expect(try await answer("find_similar_episodes", ["id": id])["items"] == [])
    }

    @Test("A list shows the last events of a long episode, and says that there are more")
    func longEpisode() async throws {
        let long = try #require(try await answer("start_episode", ["title": "long"])["id"])
        let other = try #require(try await answer("start_episode", ["title": "other"])["id"])
        for number in 0..<12 {
            let event: JSONValue = ["id": long, "text": .string("event \(number)"), "data": ["n": 1]]
            _ = try await answer("append_event", event)
        }
        let item = try #require(try await answer("find_similar_episodes", ["id": other])["items"]?.array?.first)
        #expect(item["id"] == long && item["truncated"] == true)
        #expect(item["episode"]?["events"]?.array?.compactMap { $0["text"]?.string } == (2..<12).map { "event \($0)" })
        let short = try #require(try await answer("find_similar_episodes", ["id": long])["items"]?.array?.first)
        #expect(short["id"] == other && short["truncated"] == nil)
    }

    @Test("A skill is kept, refined, used, found and proposed by tools")
    func skill() async throws {
        let id = try #require(
            try await answer("add_skill", ["title": "t", "trigger": "w", "steps": ["a", "b"]])["id"])
        _ = try await answer("refine_skill", ["id": id, "why": "shorter", "steps": ["b"]])
        _ = try await answer("record_skill_use", ["id": id, "result": "success"])
        let found = try await answer("find_skills", ["query": "w"])["items"]?.array?.first
        #expect(found?["skill"]?["steps"] == ["b"] && found?["skill"]?["successes"] == 1)
        #expect(try await answer("propose_skills", ["dry_run": true])["items"] == [])
        let bad = try await call("record_skill_use", ["id": id, "result": "perhaps"])
        #expect(bad["isError"] == true)
    }

    @Test("A memory is promoted by a tool, and the answer names the copy and the original")
    func promotion() async throws {
        let stored = try await node.store(StoreMemory(content: "x"), as: .agent).memory.id
        let answer = try await answer("promote_memory", ["id": .string(stored), "to": "universal"])
        #expect(answer["original"] == .string(stored) && answer["scope"] == "universal" && answer["created"] == true)
        #expect(try await call("promote_memory", ["id": .string(stored), "to": "instance"])["isError"] == true)
    }
}
