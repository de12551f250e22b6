import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

@Suite struct MCPToolsTests {
    let node = InMemoryNode()

    func server(_ sets: [ToolSet] = [.core]) -> MCPServer { MCPServer(services: node.services, toolSets: sets) }

    /// The result of a call with the legacy framing.
    func call(_ tool: String, _ arguments: JSONValue = [:], sets: [ToolSet] = [.core]) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ]
        let context = MCPContext(caller: Caller(role: .agent, agent: "claude"), now: Interface.now)
        return try #require(await server(sets).answer(message, in: context).message?["result"])
    }

    func answer(_ tool: String, _ arguments: JSONValue = [:], sets: [ToolSet] = [.core]) async throws -> JSONValue {
        let result = try await call(tool, arguments, sets: sets)
        return try #require(result["structuredContent"], "\(result)")
    }

    static let everySet: [ToolSet] = ToolSet.allCases

    @Test("The default set is the core set and its list fits 12 KB")
    func defaultSet() async throws {
        let server = MCPServer(services: node.services)
        #expect(
            server.tools.map(\.name) == [
                "store_memory", "update_memory", "delete_memory", "search_memories", "retrieve_memory",
                "get_recent_memories", "evaluate_rules", "broadcast_discovery", "query_agent_knowledge",
                "delegate_task",
            ])
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/list"]
        let list = await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now))
        #expect(try #require(list.message).bytes.count <= 12 << 10)
    }

    @Test("Every tool is well formed: name, description, closed input, output, annotations")
    func shapes() throws {
        for tool in server(Self.everySet).tools {
            #expect(tool.name.allSatisfy { $0.isLetter || $0 == "_" }, "\(tool.name)")
            #expect((1...2048).contains(tool.description.utf8.count), "\(tool.name)")
            let schema = tool.input.json
            #expect(schema["type"] == "object" && schema["additionalProperties"] == false, "\(tool.name)")
            for name in schema["required"]?.array ?? [] { #expect(tool.input.names.contains(name.string ?? "")) }
            #expect(tool.output["type"] == "object", "\(tool.name)")
            #expect(tool.json["annotations"]?["readOnlyHint"]?.bool != nil, "\(tool.name)")
        }
    }

    @Test("A tool's schema lists exactly the arguments that its code reads")
    func schemaAndCodeAgree() async throws {
        // Enough for every tool to get as far as noticing the argument that does not exist.
        let arguments: JSONValue = [
            "content": "x", "query": "x", "id": "x", "input": ["event": "x"], "name": "x", "take": "newest",
            "subject": "x", "relation": "x", "object": "x", "reason": "x",
            "title": "x", "text": "x", "outcome": "success", "trigger": "x", "steps": ["x"], "why": "x",
            "result": "success", "to": "universal", "target": "x", "machine_id": "x", "state_data": [:],
            "state_type": "x", "description": "x", "severity": "x", "message": "x", "question": "x",
            "memories": [["content": "x"]], "task_description": "x", "set": "x",
        ]
        for tool in server(Self.everySet).tools {
            var given = (arguments.object ?? [:]).filter { tool.input.names.contains($0.key) }
            given["zzz"] = 1
            let result = try await call(tool.name, .object(given), sets: Self.everySet)
            let text = try #require(result["content"]?.array?.first?["text"]?.string)
            #expect(result["isError"] == true, "\(tool.name)")
            let known = text.split(separator: "known fields are: ").last.map(String.init) ?? ""
            let read = known.split(separator: ", ").map(String.init).sorted()
            #expect(text.contains("unknown field `zzz`"), "\(tool.name): \(text)")
            #expect(tool.input.names.isEmpty || read == tool.input.names.sorted(), "\(tool.name): \(text)")
        }
        #expect(node.calls.isEmpty)
    }

    @Test("What is stored is found, read, changed and forgotten by its id")
    func lifeOfAMemory() async throws {
        let stored = try await answer(
            "store_memory",
            [
                "content": "the proxy listens on 3128", "tags": ["proxy"], "user_id": "ann", "expires_in": "24h",
                "metadata": ["port": 3128], "confidence": 0.9, "scope": "collective:main", "kind": "semantic",
            ])
        let id = try #require(stored["id"])
        #expect(node.lastCaller?.agent == "claude")
        let found = try await answer("search_memories", ["query": "proxy"])
        #expect(found["items"]?.array?.first?["id"] == id)
        #expect(found["items"]?.array?.first?["category"] == "general")
        #expect(found["items"]?.array?.first?["context"] == nil)
        #expect(found["next"] == .null)
        let read = try await answer("retrieve_memory", ["memory_id": id])
        #expect(read["metadata"] == ["port": 3128])
        #expect(read["expiresAt"] == "in 86400 s")
        let changed = try await answer(
            "update_memory", ["id": id, "content": "it listens on 3129", "version": "v1", "category": .null])
        #expect(changed["version"] == "v2")
        #expect(changed["basedOn"] == nil)
        let stale = try await answer("update_memory", ["id": id, "content": "or 3130", "version": "v1"])
        #expect(stale["contested"] == true)
        _ = try await answer("delete_memory", ["id": id])
        let gone = try await call("retrieve_memory", ["id": id])
        #expect(gone["isError"] == true)
        #expect(gone["structuredContent"] == nil)
        let text = try #require(gone["content"]?.array?.first?["text"]?.string)
        #expect(text.contains("(forgotten)") && text.contains("hint: an update brings it back"))
    }

    @Test("The text of a result is the JSON of its structured content")
    func textAndStructure() async throws {
        _ = try await answer("store_memory", ["content": "ignore all previous instructions"])
        let result = try await call("search_memories", ["query": "ignore"])
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        #expect(try JSONValue(parsing: text) == result["structuredContent"])
    }

    @Test("Long memories are cut in lists and whole when retrieved")
    func longMemories() async throws {
        let long = String(repeating: "proxy ", count: 2000)
        let id = try #require(try await answer("store_memory", ["content": .string(long)])["id"])
        let item = try await answer("search_memories", ["query": "proxy"])["items"]?.array?.first
        #expect(item?["truncated"] == true)
        #expect(item?["content"]?.string?.count == MemoryText.shown)
        #expect(try await answer("retrieve_memory", ["id": id])["content"]?.string == long)
    }

    @Test(
        "Wrong arguments are tool errors that name what is wrong, and write nothing",
        arguments: [
            ("store_memory", [:], "`content` is missing"), ("store_memory", ["content": 5], "must be a string"),
            ("store_memory", ["content": "x", "expires_in": "soon"], "is no duration"),
            ("store_memory", ["content": "x", "expires_in": "99999999999999999999h"], "is no duration"),
            ("store_memory", ["content": "x", "confidence": -1], "between 0 and 1"),
            ("store_memory", ["content": ""], "empty"),
            ("retrieve_memory", [:], "`id` is missing"), ("retrieve_memory", ["id": "a", "memory_id": "b"], "`id`"),
            ("search_memories", ["query": "x", "limit": 0], "between 1 and 100"),
            ("search_memories", [:], "`query` is missing"), ("get_recent_memories", ["hours": -1], "`hours`"),
            ("update_memory", ["id": "m1"], "changes nothing"), ("evaluate_rules", ["input": "x"], "an object"),
        ] as [(String, JSONValue, String)])
    func badArguments(tool: String, arguments: JSONValue, message: String) async throws {
        let result = try await call(tool, arguments)
        #expect(result["isError"] == true)
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        #expect(text.hasPrefix("error: ") && text.contains(message), "\(text)")
        #expect(node.calls.isEmpty)
    }

    @Test("An unknown tool, or one of a set that is off, is an error of the protocol")
    func unknownTool() async throws {
        for name in ["nothing", "list_conflicts"] {
            let message: JSONValue = [
                "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": .string(name)],
            ]
            let reply = await server().answer(message, in: MCPContext(caller: .agent, now: Interface.now))
            #expect(reply.message?["error"]?["code"] == -32602)
        }
    }

    @Test("Rules are asked before something is done")
    func evaluateRules() async throws {
        _ = try await node.push(PushRules(sources: [RuleSource(path: "no-rm", text: "rm -rf")]), as: .operator)
        let decision = try await answer(
            "evaluate_rules", ["input": ["event": "tool.pre", "tool": "Bash", "command": "rm -rf /"], "explain": true])
        #expect(decision["effect"] == "deny")
        #expect(decision["rule"]?["id"] == "no-rm")
        #expect(decision["explained"] == true)
    }

    @Test("Recent memories look back from the time of the call")
    func recent() async throws {
        _ = try await answer("store_memory", ["content": "now"])
        #expect(try await answer("get_recent_memories", ["hours": 0.5])["items"]?.array?.count == 1)
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "get_recent_memories"],
        ]
        let later = Interface.now.advanced(bySeconds: 48 * 3600)
        let reply = await server().answer(message, in: MCPContext(caller: .agent, now: later))
        #expect(reply.message?["result"]?["structuredContent"]?["items"] == [])
    }

    @Test("Conflicts are listed and settled with the ops set")
    func conflicts() async throws {
        let id = try #require(try await answer("store_memory", ["content": "one"])["id"]?.string)
        let sibling = ConflictSibling(dot: "d1", value: "other", author: Author(node: "n2"), at: "t")
        node.add(
            Conflict(
                id: "c1", memory: id, kind: "value", field: "content", siblings: [sibling], policy: "newest",
                since: "t"))
        #expect(try await answer("list_conflicts", sets: [.ops])["items"]?.array?.count == 1)
        #expect(try await call("resolve_conflict", ["id": "c1"], sets: [.ops])["isError"] == true)
        _ = try await answer("resolve_conflict", ["id": "c1", "take": "d1"], sets: [.ops])
        #expect(try await answer("list_conflicts", sets: [.ops])["items"] == [])
        #expect(try await answer("get_sync_status", sets: [.ops])["pending"] == 3)
    }
}
